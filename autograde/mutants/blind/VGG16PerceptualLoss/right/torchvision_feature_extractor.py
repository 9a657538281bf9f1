"""Uses torchvision's create_feature_extractor with the node features.15 and takes the mean absolute difference, with the target computed without gradient."""

from torchvision.models.feature_extraction import create_feature_extractor


class VGG16PerceptualLoss(nn.Module):
    """Distance between two images in the feature space of VGG16."""

    def __init__(self):
        super().__init__()
        vgg = vgg16(weights=VGG16_Weights.IMAGENET1K_V1)
        self.extractor = create_feature_extractor(vgg, return_nodes={"features.15": "relu3_3"})
        self.extractor.eval()
        for parameter in self.extractor.parameters():
            parameter.requires_grad = False


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    """Return the distance of two ImageNet-normalised (N, 3, H, W) tensors as a 0-dim tensor."""
    output = F.interpolate(output, size=(224, 224), mode="bilinear", align_corners=False)
    features_output = self.extractor(output)["relu3_3"]
    with torch.no_grad():
        target = F.interpolate(target, size=(224, 224), mode="bilinear", align_corners=False)
        features_target = self.extractor(target)["relu3_3"]
    return (features_output - features_target).abs().mean()
