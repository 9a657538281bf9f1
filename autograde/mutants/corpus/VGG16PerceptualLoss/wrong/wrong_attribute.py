"""Another name than in the constructor."""
# a1-vgg-forward: error-attribute
class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16]
        self.net.eval()
        self.net.requires_grad_(False)


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    size = (224, 224)
    output = F.interpolate(output, size=size, mode="bilinear", align_corners=False)
    target = F.interpolate(target, size=size, mode="bilinear", align_corners=False)
    with torch.no_grad():
        t = self.features(target)
    return F.l1_loss(self.features(output), t)
