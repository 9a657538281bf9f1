"""Resize(224) fits the shorter side only."""
# a1-vgg-forward: resize=shorter-side
from torchvision.transforms import Resize

class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.vgg = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16].eval()
        self.vgg.requires_grad_(False)
        self.resize = Resize(224)

    def forward(self, output, target):
        return F.l1_loss(self.vgg(self.resize(output)), self.vgg(self.resize(target.detach())))
