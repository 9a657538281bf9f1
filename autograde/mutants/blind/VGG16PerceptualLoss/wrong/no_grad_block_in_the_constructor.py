"""Builds the network inside torch.no_grad() and expects the parameters to stay frozen afterwards, but no_grad only holds inside its block."""
# a1-vgg-init: not-frozen


class VGG16PerceptualLoss(nn.Module):
    """Distance between two images in the feature space of VGG16."""

    def __init__(self):
        super().__init__()
        with torch.no_grad():
            vgg = vgg16(weights=VGG16_Weights.IMAGENET1K_V1)
            self.vgg = vgg.features[:16].eval()


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    """Return the distance of two ImageNet-normalised (N, 3, H, W) tensors as a 0-dim tensor."""
    output = F.interpolate(output, size=(224, 224), mode="bilinear", align_corners=False)
    target = F.interpolate(target.detach(), size=(224, 224), mode="bilinear", align_corners=False)
    return (self.vgg(output) - self.vgg(target)).abs().mean()
