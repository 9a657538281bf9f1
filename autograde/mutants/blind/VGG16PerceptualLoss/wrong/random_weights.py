"""Builds VGG16 without weights, so the measuring network is randomly initialised instead of trained on ImageNet."""
# a1-vgg-init: random-weights


class VGG16PerceptualLoss(nn.Module):
    """Distance between two images in the feature space of VGG16."""

    def __init__(self):
        super().__init__()
        self.net = vgg16().features[:16]
        self.net.eval()
        for param in self.net.parameters():
            param.requires_grad = False


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    """Return the distance of two ImageNet-normalised (N, 3, H, W) tensors as a 0-dim tensor."""
    x = self.net(F.interpolate(output, size=(224, 224), mode="bilinear", align_corners=False))
    with torch.no_grad():
        y = self.net(F.interpolate(target, size=(224, 224), mode="bilinear", align_corners=False))
    return torch.mean(torch.abs(x - y))
