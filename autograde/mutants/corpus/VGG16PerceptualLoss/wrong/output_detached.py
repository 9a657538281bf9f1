"""The gradient is cut on the wrong side."""
# a1-vgg-forward: swapped-gradient
class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16]
        self.net.eval()
        self.net.requires_grad_(False)


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    a = F.interpolate(output.detach(), (224, 224), mode='bilinear', align_corners=False)
    b = F.interpolate(target, (224, 224), mode='bilinear', align_corners=False)
    return torch.mean(torch.abs(self.net(a) - self.net(b)))
