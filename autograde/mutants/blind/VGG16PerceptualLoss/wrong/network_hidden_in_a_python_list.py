"""Stores the frozen network in a plain Python list "so that it is not a submodule", so it is not registered and .to(device) does not move it."""
# a1-vgg-init: unregistered


class VGG16PerceptualLoss(nn.Module):
    """Distance between two images in the feature space of VGG16."""

    def __init__(self):
        super().__init__()
        vgg = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16].eval()
        for parameter in vgg.parameters():
            parameter.requires_grad = False
        self.networks = [vgg]


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    """Return the distance of two ImageNet-normalised (N, 3, H, W) tensors as a 0-dim tensor."""
    vgg = self.networks[0]
    a = vgg(F.interpolate(output, size=(224, 224), mode="bilinear", align_corners=False))
    with torch.no_grad():
        b = vgg(F.interpolate(target, size=(224, 224), mode="bilinear", align_corners=False))
    return (a - b).abs().mean()
