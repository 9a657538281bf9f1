"""Takes the whole third block including its max pooling (features[:17]) instead of stopping at relu3_3."""
# a1-vgg-init: layers=17


class VGG16PerceptualLoss(nn.Module):
    """Distance between two images in the feature space of VGG16."""

    def __init__(self):
        super().__init__()
        self.vgg = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:17].eval()  # Blöcke 1 bis 3
        self.vgg.requires_grad_(False)


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    """Return the distance of two ImageNet-normalised (N, 3, H, W) tensors as a 0-dim tensor."""
    a = self.vgg(F.interpolate(output, size=(224, 224), mode="bilinear", align_corners=False))
    b = self.vgg(F.interpolate(target.detach(), size=(224, 224), mode="bilinear", align_corners=False))
    return F.l1_loss(a, b)
