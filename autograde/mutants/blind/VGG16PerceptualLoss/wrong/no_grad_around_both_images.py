"""Runs VGG16 on both images under no_grad because it is frozen, so no gradient reaches the output either."""
# a1-vgg-forward: no-gradient


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
    with torch.no_grad():  # VGG16 wird nicht trainiert
        features_output = self.features(output)
        features_target = self.features(target)
    return (features_output - features_target).abs().mean()
