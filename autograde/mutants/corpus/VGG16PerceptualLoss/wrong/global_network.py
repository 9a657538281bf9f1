"""The network is a global variable."""
# a1-vgg-init: unregistered
netz = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16].eval()
netz.requires_grad_(False)


class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        super().__init__()

    def forward(self, output, target):
        output = F.interpolate(output, size=(224, 224), mode="bilinear", align_corners=False)
        target = F.interpolate(target, size=(224, 224), mode="bilinear", align_corners=False)
        return F.l1_loss(netz(output), netz(target).detach())
