"""Freezes the parameters of one VGG16 but keeps the layers of a second, freshly built one, whose parameters stay trainable."""
# a1-vgg-init: not-frozen


class VGG16PerceptualLoss(nn.Module):
    """Distance between two images in the feature space of VGG16."""

    def __init__(self):
        super().__init__()
        model = vgg16(weights=VGG16_Weights.IMAGENET1K_V1)
        for parameter in model.parameters():
            parameter.requires_grad = False
        self.features = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16].eval()


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    """Return the distance of two ImageNet-normalised (N, 3, H, W) tensors as a 0-dim tensor."""
    output = F.interpolate(output, size=(224, 224), mode="bilinear", align_corners=False)
    target = F.interpolate(target.detach(), size=(224, 224), mode="bilinear", align_corners=False)
    return F.l1_loss(self.features(output), self.features(target))
