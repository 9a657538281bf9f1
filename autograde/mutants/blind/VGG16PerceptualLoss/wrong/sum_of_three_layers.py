"""Adds up the distances at relu1_2, relu2_2 and relu3_3 as in style transfer instead of using relu3_3 alone."""
# a1-vgg-forward: layers=4+9+16


class VGG16PerceptualLoss(nn.Module):
    """Distance between two images in the feature space of VGG16."""

    def __init__(self):
        super().__init__()
        self.features = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16].eval()
        for parameter in self.features.parameters():
            parameter.requires_grad = False


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    """Return the distance of two ImageNet-normalised (N, 3, H, W) tensors as a 0-dim tensor."""
    a = F.interpolate(output, size=(224, 224), mode="bilinear", align_corners=False)
    b = F.interpolate(target.detach(), size=(224, 224), mode="bilinear", align_corners=False)
    loss = 0.0
    for index, layer in enumerate(self.features):
        a, b = layer(a), layer(b)
        if index in (3, 8, 15):
            loss = loss + (a - b).abs().mean()
    return loss
