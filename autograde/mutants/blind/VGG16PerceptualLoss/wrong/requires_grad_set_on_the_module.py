"""Sets requires_grad = False as an attribute of the module, which creates a meaningless attribute and leaves every parameter trainable."""
# a1-vgg-init: not-frozen


class VGG16PerceptualLoss(nn.Module):
    """Distance between two images in the feature space of VGG16."""

    def __init__(self):
        super().__init__()
        self.vgg = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16]
        self.vgg.eval()
        self.vgg.requires_grad = False


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    """Return the distance of two ImageNet-normalised (N, 3, H, W) tensors as a 0-dim tensor."""
    output = F.interpolate(output, size=(224, 224), mode="bilinear", align_corners=False)
    target = F.interpolate(target, size=(224, 224), mode="bilinear", align_corners=False)
    with torch.no_grad():
        y = self.vgg(target)
    return (self.vgg(output) - y).abs().mean()
