"""torchvision's IntermediateLayerGetter."""
from torchvision.models._utils import IntermediateLayerGetter

class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        super().__init__()
        f = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features.eval()
        self.getter = IntermediateLayerGetter(f, return_layers={"15": "out"})
        self.getter.requires_grad_(False)

    def forward(self, output, target):
        kwargs = dict(size=(224, 224), mode="bilinear", align_corners=False)
        a = self.getter(F.interpolate(output, **kwargs))["out"]
        with torch.no_grad():
            b = self.getter(F.interpolate(target, **kwargs))["out"]
        return F.l1_loss(a, b)
