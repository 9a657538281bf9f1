"""transforms.Resize, which filters when it makes smaller."""
# a1-vgg-forward: resize=antialias
from torchvision import transforms

class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.vgg = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16].eval()
        self.resize = transforms.Resize((224, 224))
        for param in self.vgg.parameters():
            param.requires_grad = False

    def forward(self, output, target):
        x = self.vgg(self.resize(output))
        with torch.no_grad():
            y = self.vgg(self.resize(target))
        return F.l1_loss(x, y)
