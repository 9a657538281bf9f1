"""The network lies in a Python list, where PyTorch does not find it."""
# a1-vgg-init: unregistered
class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        super().__init__()
        netz = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16].eval()
        for p in netz.parameters():
            p.requires_grad = False
        self.netze = [netz]


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    size = (224, 224)
    output = F.interpolate(output, size=size, mode="bilinear", align_corners=False)
    target = F.interpolate(target, size=size, mode="bilinear", align_corners=False)
    with torch.no_grad():
        t = self.netze[0](target)
    return F.l1_loss(self.netze[0](output), t)
