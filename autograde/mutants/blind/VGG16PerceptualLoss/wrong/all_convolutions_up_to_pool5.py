"""Takes the first child of VGG16, which is the complete features part up to the last pooling, instead of cutting behind relu3_3."""
# a1-vgg-init: layers=31


class VGG16PerceptualLoss(nn.Module):
    """Distance between two images in the feature space of VGG16."""

    def __init__(self):
        super().__init__()
        vgg = vgg16(weights=VGG16_Weights.IMAGENET1K_V1)
        self.features = nn.Sequential(*list(vgg.children())[:1]).eval()  # ohne Kopf
        for parameter in self.features.parameters():
            parameter.requires_grad = False


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    """Return the distance of two ImageNet-normalised (N, 3, H, W) tensors as a 0-dim tensor."""
    output = self.features(F.interpolate(output, size=(224, 224), mode="bilinear", align_corners=False))
    with torch.no_grad():
        target = self.features(F.interpolate(target, size=(224, 224), mode="bilinear", align_corners=False))
    return (output - target).abs().mean()
