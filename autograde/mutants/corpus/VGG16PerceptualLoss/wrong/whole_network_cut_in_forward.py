"""The whole VGG16 is an attribute, forward takes its first 16 layers."""
# a1-vgg-init: extra-layers
from torchvision import models

class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.vgg = models.vgg16(weights=models.VGG16_Weights.IMAGENET1K_V1)
        self.vgg.eval()
        for p in self.vgg.parameters():
            p.requires_grad = False

    def forward(self, output, target):
        netz = self.vgg.features[:16]
        output = F.interpolate(output, size=(224, 224), mode='bilinear', align_corners=False)
        with torch.no_grad():
            target = F.interpolate(target, size=(224, 224), mode='bilinear', align_corners=False)
            target = netz(target)
        return F.l1_loss(netz(output), target)
