"""Cuts at relu2_2 (index 8), the layer of Johnson et al. for super-resolution, instead of relu3_3."""
# a1-vgg-init: layers=9


class VGG16PerceptualLoss(nn.Module):
    """Distance between two images in the feature space of VGG16."""

    def __init__(self):
        super().__init__()
        vgg = vgg16(weights=VGG16_Weights.IMAGENET1K_V1)
        self.relu2_2 = nn.Sequential(*list(vgg.features.children())[:9])
        self.relu2_2.eval()
        for p in self.relu2_2.parameters():
            p.requires_grad = False


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    """Return the distance of two ImageNet-normalised (N, 3, H, W) tensors as a 0-dim tensor."""
    output = F.interpolate(output, size=(224, 224), mode="bilinear", align_corners=False)
    target = F.interpolate(target, size=(224, 224), mode="bilinear", align_corners=False)
    return (self.relu2_2(output) - self.relu2_2(target).detach()).abs().mean()
