"""Calls interpolate with a size only, not knowing that its default mode is nearest neighbour and not bilinear."""
# a1-vgg-forward: resize=nearest


class VGG16PerceptualLoss(nn.Module):
    """Distance between two images in the feature space of VGG16."""

    def __init__(self):
        super().__init__()
        self.features = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16].eval()
        self.features.requires_grad_(False)


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    """Return the distance of two ImageNet-normalised (N, 3, H, W) tensors as a 0-dim tensor."""
    output = F.interpolate(output, size=(224, 224))
    target = F.interpolate(target, size=(224, 224))
    with torch.no_grad():
        features_target = self.features(target)
    return F.l1_loss(self.features(output), features_target)
