"""super().__init__() is missing."""
# a1-vgg-init: error-super-init
# a1-vgg-forward: error-super-init
class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        self.features = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16].eval()
        self.features.requires_grad_(False)

    def forward(self, output, target):
        o = F.interpolate(output, size=(224, 224), mode="bilinear", align_corners=False)
        t = F.interpolate(target, size=(224, 224), mode="bilinear", align_corners=False)
        return F.l1_loss(self.features(o), self.features(t).detach())
