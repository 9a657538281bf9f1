"""Handles the images one after the other and averages their equally large mean absolute differences."""


class VGG16PerceptualLoss(nn.Module):
    """Distance between two images in the feature space of VGG16."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential()
        for index, layer in enumerate(vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features):
            if index > 15:
                break
            self.features.add_module(f"layer{index}", layer)
        self.features = self.features.train(False)
        for layer in self.features:
            layer.requires_grad_(False)


@add_to_class(VGG16PerceptualLoss)
@torch.no_grad()
def reference(self, picture):
    return self.features(F.interpolate(picture, size=(224, 224), mode="bilinear", align_corners=False))


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    """Return the distance of two ImageNet-normalised (N, 3, H, W) tensors as a 0-dim tensor."""
    distances = []
    for one_output, one_target in zip(output.split(1), target.split(1)):
        small = F.interpolate(one_output, size=(224, 224), mode="bilinear", align_corners=False)
        distances.append((self.features(small) - self.reference(one_target)).abs().mean())
    return torch.stack(distances).mean()
