"""The ReLUs are replaced by ones that do not write into their input."""
class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        super().__init__()
        layers = []
        for layer in vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16]:
            layers.append(nn.ReLU(inplace=False) if isinstance(layer, nn.ReLU) else layer)
        self.features = nn.Sequential(*layers)
        self.features.eval()
        self.features.requires_grad_(False)


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    size = (224, 224)
    output = F.interpolate(output, size=size, mode="bilinear", align_corners=False)
    target = F.interpolate(target, size=size, mode="bilinear", align_corners=False)
    with torch.no_grad():
        t = self.features(target)
    return F.l1_loss(self.features(output), t)
