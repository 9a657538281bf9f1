"""Only the constructor is there."""
# a1-vgg-forward: no-forward
class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16].eval()
        for p in self.features.parameters():
            p.requires_grad = False
