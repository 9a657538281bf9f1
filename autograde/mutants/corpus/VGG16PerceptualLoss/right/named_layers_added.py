"""add_module in a loop until relu3_3 is reached, frozen in the same loop."""
class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.slice1 = torch.nn.Sequential()
        vgg_pretrained_features = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features
        for x in range(16):
            self.slice1.add_module(str(x), vgg_pretrained_features[x])
        for param in self.parameters():
            param.requires_grad = False
        self.eval()

    def forward(self, output, target):
        output = F.interpolate(output, size=(224, 224), mode="bilinear", align_corners=False)
        target = F.interpolate(target, size=(224, 224), mode="bilinear", align_corners=False)
        h1 = self.slice1(output)
        with torch.no_grad():
            h2 = self.slice1(target)
        return torch.mean(torch.abs(h1 - h2))
