"""Resizes only if the height is not yet right."""
# a1-vgg-forward: resize=one-side-asked
class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16].eval()
        for p in self.features.parameters():
            p.requires_grad = False


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    if output.shape[2] != 224:
        size = (224, 224)
        output = F.interpolate(output, size=size, mode="bilinear", align_corners=False)
        target = F.interpolate(target, size=size, mode="bilinear", align_corners=False)
    with torch.no_grad():
        t = self.features(target)
    return F.l1_loss(self.features(output), t)
