"""Does not resize at all and feeds the images to VGG16 in their own size instead of 224x224."""
# a1-vgg-forward: resize=none


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
    a = self.features(output)
    with torch.no_grad():
        b = self.features(target)
    return (a - b).abs().mean()
