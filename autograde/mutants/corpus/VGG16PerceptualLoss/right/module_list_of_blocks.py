"""Three blocks in a ModuleList, run one after the other."""
class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        super().__init__()
        layers = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features
        self.blocks = nn.ModuleList([layers[:4], layers[4:9], layers[9:16]])
        self.blocks.eval()
        for param in self.blocks.parameters():
            param.requires_grad = False

    def forward(self, output, target):
        x = F.interpolate(output, size=(224, 224), mode="bilinear", align_corners=False)
        y = F.interpolate(target, size=(224, 224), mode="bilinear", align_corners=False)
        for block in self.blocks:
            x = block(x)
            with torch.no_grad():
                y = block(y)
        return F.l1_loss(x, y)
