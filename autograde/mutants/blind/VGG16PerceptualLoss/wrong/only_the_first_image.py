"""Compares only the first image of the batch and ignores all the others."""
# a1-vgg-forward: distance=first-image


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
    a = self.features(output)[0]
    with torch.no_grad():
        target = F.interpolate(target, size=(224, 224), mode="bilinear", align_corners=False)
        b = self.features(target)[0]
    return (a - b).abs().mean()
