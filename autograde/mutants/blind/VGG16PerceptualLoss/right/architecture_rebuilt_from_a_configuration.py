"""Rebuilds the first seven convolutions from a configuration list and loads torchvision's ImageNet weights into them."""


def make_layers(configuration):
    layers, channels = [], 3
    for entry in configuration:
        if entry == "M":
            layers.append(nn.MaxPool2d(kernel_size=2, stride=2))
        else:
            layers.append(nn.Conv2d(channels, entry, kernel_size=3, padding=1))
            layers.append(nn.ReLU(inplace=False))
            channels = entry
    return nn.Sequential(*layers)


class VGG16PerceptualLoss(nn.Module):
    """Distance between two images in the feature space of VGG16."""

    def __init__(self):
        super().__init__()
        pretrained = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features.state_dict()
        self.feature_net = make_layers([64, 64, "M", 128, 128, "M", 256, 256, 256])
        wanted = self.feature_net.state_dict().keys()
        self.feature_net.load_state_dict({key: pretrained[key] for key in wanted})
        self.feature_net.eval()
        for parameter in self.feature_net.parameters():
            parameter.requires_grad = False


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    """Return the distance of two ImageNet-normalised (N, 3, H, W) tensors as a 0-dim tensor."""
    maps = []
    for picture in (output, target.detach()):
        resized = F.interpolate(picture, size=(224, 224), mode="bilinear", align_corners=False)
        maps.append(self.feature_net(resized))
    difference = maps[0] - maps[1]
    return torch.linalg.vector_norm(difference, ord=1) / difference.numel()
