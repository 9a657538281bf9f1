"""weights=None."""
# a1-vgg-init: random-weights
class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = vgg16(weights=None).features[:16]
        self.net.eval()
        self.net.requires_grad_(False)

    def forward(self, output, target):
        a = F.interpolate(output, (224, 224), mode='bilinear', align_corners=False)
        b = F.interpolate(target.detach(), (224, 224), mode='bilinear', align_corners=False)
        return torch.mean(torch.abs(self.net(a) - self.net(b)))
