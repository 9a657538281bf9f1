"""Resizes bilinearly with align_corners=True, the setting of Aufgabe 2, instead of False."""
# a1-vgg-forward: resize=align-corners


class VGG16PerceptualLoss(nn.Module):
    """Distance between two images in the feature space of VGG16."""

    def __init__(self):
        super().__init__()
        self.features = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16].eval()
        for p in self.features.parameters():
            p.requires_grad = False


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    """Return the distance of two ImageNet-normalised (N, 3, H, W) tensors as a 0-dim tensor."""
    output = F.interpolate(output, size=(224, 224), mode="bilinear", align_corners=True)
    target = F.interpolate(target, size=(224, 224), mode="bilinear", align_corners=True)
    return (self.features(output) - self.features(target).detach()).abs().mean()
