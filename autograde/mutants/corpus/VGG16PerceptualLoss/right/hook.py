"""The output of relu3_3 is caught by a forward hook."""
class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.vgg = vgg16(weights="IMAGENET1K_V1").features[:16].eval()
        self.vgg.requires_grad_(False)
        self.found = {}
        self.vgg[15].register_forward_hook(self._keep)

    def _keep(self, module, inputs, out):
        self.found["relu3_3"] = out

    def _run(self, x):
        self.vgg(F.interpolate(x, 224, mode="bilinear", align_corners=False))
        return self.found["relu3_3"]

    def forward(self, output, target):
        with torch.no_grad():
            t = self._run(target)
        o = self._run(output)
        return (o - t).abs().mean()
