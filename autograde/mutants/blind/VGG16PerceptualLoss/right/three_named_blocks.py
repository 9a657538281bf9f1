"""Splits VGG16 at the poolings into three frozen Sequential blocks and chains them, with the target detached before it enters."""


class VGG16PerceptualLoss(nn.Module):
    """Distance between two images in the feature space of VGG16."""

    def __init__(self):
        super().__init__()
        features = vgg16(weights=VGG16_Weights.DEFAULT).features
        self.block1 = features[0:5].eval()
        self.block2 = features[5:10].eval()
        self.block3 = features[10:16].eval()
        for block in (self.block1, self.block2, self.block3):
            for weight in block.parameters():
                weight.requires_grad_(False)


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    """Return the distance of two ImageNet-normalised (N, 3, H, W) tensors as a 0-dim tensor."""

    def activations(image):
        image = nn.functional.interpolate(image, (224, 224), mode="bilinear", align_corners=False)
        return self.block3(self.block2(self.block1(image)))

    difference = activations(output) - activations(target.detach())
    return torch.mean(torch.abs(difference))
