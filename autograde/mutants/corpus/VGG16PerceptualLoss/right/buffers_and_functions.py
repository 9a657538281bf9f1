"""Weights as buffers and F.conv2d, no layers at all."""
class VGG16PerceptualLoss(nn.Module):
    POOL_AFTER = (1, 3)

    def __init__(self):
        super().__init__()
        convs = [l for l in vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16] if isinstance(l, nn.Conv2d)]
        self.n = len(convs)
        for i, c in enumerate(convs):
            self.register_buffer(f"w{i}", c.weight.detach().clone())
            self.register_buffer(f"b{i}", c.bias.detach().clone())
        self.eval()

    def phi(self, x):
        x = F.interpolate(x, (224, 224), mode="bilinear", align_corners=False)
        for i in range(self.n):
            x = F.relu(F.conv2d(x, getattr(self, f"w{i}"), getattr(self, f"b{i}"), padding=1))
            if i in self.POOL_AFTER:
                x = F.max_pool2d(x, 2)
        return x

    def forward(self, output, target):
        with torch.no_grad():
            ref = self.phi(target)
        return (self.phi(output) - ref).abs().mean()
