"""Keeps all of features and cuts off too early in forward."""
# a1-vgg-init: extra-layers
# a1-vgg-forward: layers=15
class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features.eval().requires_grad_(False)


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    size = (224, 224)
    output = F.interpolate(output, size=size, mode="bilinear", align_corners=False)
    target = F.interpolate(target, size=size, mode="bilinear", align_corners=False)
    with torch.no_grad():
        t = self.features[:15](target)
    return F.l1_loss(self.features[:15](output), t)
