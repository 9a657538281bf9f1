"""Puts VGG16 into evaluation mode but then calls self.train() on the whole loss, believing that a training loss needs it, which switches VGG16 back."""
# a1-vgg-init: training-mode


class VGG16PerceptualLoss(nn.Module):
    """Distance between two images in the feature space of VGG16."""

    def __init__(self):
        super().__init__()
        self.vgg = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16]
        self.vgg.eval()
        for parameter in self.vgg.parameters():
            parameter.requires_grad = False
        self.train()  # der Verlust wird ja beim Training gebraucht


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    """Return the distance of two ImageNet-normalised (N, 3, H, W) tensors as a 0-dim tensor."""
    output = F.interpolate(output, size=(224, 224), mode="bilinear", align_corners=False)
    with torch.no_grad():
        target = F.interpolate(target, size=(224, 224), mode="bilinear", align_corners=False)
        b = self.vgg(target)
    a = self.vgg(output)
    return torch.abs(a - b).mean()
