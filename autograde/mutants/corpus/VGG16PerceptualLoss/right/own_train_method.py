"""Overrides train() so that VGG16 stays in evaluation mode."""
class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.phi = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16]
        self.train()
        for p in self.parameters():
            p.requires_grad = False

    def train(self, mode=True):
        super().train(mode)
        self.phi.eval()
        return self

    def forward(self, output, target):
        rho = lambda t: F.interpolate(t, size=(224, 224), mode="bilinear", align_corners=False)
        return F.l1_loss(self.phi(rho(output)), self.phi(rho(target)).detach())
