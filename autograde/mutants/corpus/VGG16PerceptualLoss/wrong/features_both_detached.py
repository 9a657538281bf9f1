"""Detaches the feature maps of both."""
# a1-vgg-forward: no-gradient
class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16]
        self.net.eval()
        self.net.requires_grad_(False)

    def forward(self, output, target):
        a = F.interpolate(output, (224, 224), mode='bilinear', align_corners=False)
        b = F.interpolate(target.detach(), (224, 224), mode='bilinear', align_corners=False)
        return torch.mean(torch.abs(self.net(a).detach() - self.net(b)))
