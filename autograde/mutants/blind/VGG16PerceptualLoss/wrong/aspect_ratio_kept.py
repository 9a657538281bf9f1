"""Scales both sides by 224 divided by the height to keep the aspect ratio, so non-square images do not become 224x224."""
# a1-vgg-forward: resize=proportional-to-height


class VGG16PerceptualLoss(nn.Module):
    """Distance between two images in the feature space of VGG16."""

    def __init__(self):
        super().__init__()
        self.features = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16].eval().requires_grad_(False)


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    """Return the distance of two ImageNet-normalised (N, 3, H, W) tensors as a 0-dim tensor."""
    height, width = output.shape[-2:]
    size = (224, round(224 * width / height))  # nicht verzerren
    output = F.interpolate(output, size=size, mode="bilinear", align_corners=False)
    target = F.interpolate(target, size=size, mode="bilinear", align_corners=False)
    with torch.no_grad():
        y = self.features(target)
    return (self.features(output) - y).abs().mean()
