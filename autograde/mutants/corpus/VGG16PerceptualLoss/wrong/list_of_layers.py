"""A Python list of layers, run in a loop."""
# a1-vgg-init: unregistered
class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = list(vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features.eval().requires_grad_(False))[:16]

    def forward(self, output, target):
        x = F.interpolate(output, size=(224, 224), mode="bilinear", align_corners=False)
        y = F.interpolate(target, size=(224, 224), mode="bilinear", align_corners=False)
        for layer in self.layers:
            x = layer(x)
            with torch.no_grad():
                y = layer(y)
        return (x - y).abs().mean()
