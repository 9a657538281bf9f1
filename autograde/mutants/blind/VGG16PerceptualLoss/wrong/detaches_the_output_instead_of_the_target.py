"""Confuses the two images and cuts the gradient of the output, so it flows into the target instead."""
# a1-vgg-forward: swapped-gradient


class VGG16PerceptualLoss(nn.Module):
    """Distance between two images in the feature space of VGG16."""

    def __init__(self):
        super().__init__()
        self.features = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16].eval()
        for parameter in self.features.parameters():
            parameter.requires_grad = False


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    """Return the distance of two ImageNet-normalised (N, 3, H, W) tensors as a 0-dim tensor."""
    output = F.interpolate(output, size=(224, 224), mode="bilinear", align_corners=False)
    target = F.interpolate(target, size=(224, 224), mode="bilinear", align_corners=False)
    with torch.no_grad():
        features_output = self.features(output)
    features_target = self.features(target)
    return F.l1_loss(features_target, features_output)
