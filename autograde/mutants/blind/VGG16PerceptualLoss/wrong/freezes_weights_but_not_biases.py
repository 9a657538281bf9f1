"""Freezes only the parameters whose name contains "weight", so all biases stay trainable."""
# a1-vgg-init: partly-frozen


class VGG16PerceptualLoss(nn.Module):
    """Distance between two images in the feature space of VGG16."""

    def __init__(self):
        super().__init__()
        self.backbone = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16].eval()
        for name, parameter in self.backbone.named_parameters():
            if "weight" in name:
                parameter.requires_grad = False


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    """Return the distance of two ImageNet-normalised (N, 3, H, W) tensors as a 0-dim tensor."""
    output = self.backbone(F.interpolate(output, size=(224, 224), mode="bilinear", align_corners=False))
    with torch.no_grad():
        target = self.backbone(F.interpolate(target, size=(224, 224), mode="bilinear", align_corners=False))
    return (output - target).abs().mean()
