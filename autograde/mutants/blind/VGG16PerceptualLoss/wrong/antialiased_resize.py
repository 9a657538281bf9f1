"""Uses torchvision's Resize with its default antialiasing, so images larger than 224x224 are blurred before sampling and the values differ from plain bilinear interpolation."""
# a1-vgg-forward: resize=antialias

from torchvision.transforms import Resize


class VGG16PerceptualLoss(nn.Module):
    """Distance between two images in the feature space of VGG16."""

    def __init__(self):
        super().__init__()
        self.features = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16].eval()
        for parameter in self.features.parameters():
            parameter.requires_grad = False
        self.resize = Resize((224, 224), antialias=True)


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    """Return the distance of two ImageNet-normalised (N, 3, H, W) tensors as a 0-dim tensor."""
    with torch.no_grad():
        b = self.features(self.resize(target))
    a = self.features(self.resize(output))
    return (a - b).abs().mean()
