"""Deletes the layers behind relu3_3 from the torchvision network and replaces avgpool and classifier by identities, so that the network itself returns flattened activations."""


class VGG16PerceptualLoss(nn.Module):
    """Distance between two images in the feature space of VGG16."""

    def __init__(self):
        super().__init__()
        net = vgg16(weights=VGG16_Weights.IMAGENET1K_V1)
        del net.features[16:]
        net.avgpool = nn.Identity()
        net.classifier = nn.Identity()
        self.net = net.eval()
        for p in self.net.parameters():
            p.requires_grad = False

    def forward(self, output, target):
        """Return the distance of two ImageNet-normalised (N, 3, H, W) tensors as a 0-dim tensor."""
        size = (224, 224)
        a = self.net(F.interpolate(output, size=size, mode="bilinear", align_corners=False))
        with torch.no_grad():
            b = self.net(F.interpolate(target, size=size, mode="bilinear", align_corners=False))
        # Die Aktivierungen sind hier flachgelegt (N, 256*56*56); dem Mittelwert ist das egal.
        return (a - b).abs().mean()
