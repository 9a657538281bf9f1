"""Registers nn.Upsample and nn.L1Loss next to the frozen VGG16 and only puts the VGG16 part into evaluation mode."""

import torchvision


class VGG16PerceptualLoss(nn.Module):
    """Distance between two images in the feature space of VGG16."""

    def __init__(self):
        super().__init__()
        weights = torchvision.models.VGG16_Weights.IMAGENET1K_V1
        vgg = torchvision.models.get_model("vgg16", weights=weights)
        self.resize = nn.Upsample(size=(224, 224), mode="bilinear", align_corners=False)
        self.measure = nn.Sequential(*list(vgg.features)[:16])
        self.measure.eval()
        for _, parameter in self.measure.named_parameters():
            parameter.requires_grad = False
        self.distance = nn.L1Loss(reduction="mean")


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    """Return the distance of two ImageNet-normalised (N, 3, H, W) tensors as a 0-dim tensor."""
    prediction = self.measure(self.resize(output))
    with torch.set_grad_enabled(False):
        truth = self.measure(self.resize(target))
    return self.distance(prediction, truth)
