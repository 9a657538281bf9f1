"""Calls eval() only and believes that this freezes the parameters, which all still require gradients."""
# a1-vgg-init: not-frozen


class VGG16PerceptualLoss(nn.Module):
    """Distance between two images in the feature space of VGG16."""

    def __init__(self):
        super().__init__()
        model = vgg16(weights=VGG16_Weights.IMAGENET1K_V1)
        model.eval()  # Auswertungsmodus, also keine Änderungen mehr
        self.features = model.features[:16]


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    """Return the distance of two ImageNet-normalised (N, 3, H, W) tensors as a 0-dim tensor."""
    output = F.interpolate(output, size=(224, 224), mode="bilinear", align_corners=False)
    features_output = self.features(output)
    with torch.no_grad():
        target = F.interpolate(target, size=(224, 224), mode="bilinear", align_corners=False)
        features_target = self.features(target)
    return F.l1_loss(features_output, features_target)
