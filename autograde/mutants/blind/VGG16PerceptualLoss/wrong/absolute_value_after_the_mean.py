"""Averages the signed differences first and takes the absolute value of the mean, so positive and negative differences cancel."""
# a1-vgg-forward: distance=signed


class VGG16PerceptualLoss(nn.Module):
    """Distance between two images in the feature space of VGG16."""

    def __init__(self):
        super().__init__()
        self.phi = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16].eval()
        for parameter in self.phi.parameters():
            parameter.requires_grad = False


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    """Return the distance of two ImageNet-normalised (N, 3, H, W) tensors as a 0-dim tensor."""
    output = F.interpolate(output, size=(224, 224), mode="bilinear", align_corners=False)
    target = F.interpolate(target, size=(224, 224), mode="bilinear", align_corners=False)
    with torch.no_grad():
        y = self.phi(target)
    return (self.phi(output) - y).mean().abs()
