"""All of features is kept, a loop stops behind index 15."""
# a1-vgg-init: extra-layers
class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = vgg16(weights="DEFAULT").features.eval().requires_grad_(False)


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    def aktivierung(bild):
        x = F.interpolate(bild, size=(224, 224), mode="bilinear", align_corners=False)
        for i, schicht in enumerate(self.features):
            x = schicht(x)
            if i == 15:
                return x

    with torch.no_grad():
        soll = aktivierung(target)
    ist = aktivierung(output)
    return (ist - soll).abs().mean()
