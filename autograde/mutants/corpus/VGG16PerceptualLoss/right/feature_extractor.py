"""torchvision's create_feature_extractor."""
from torchvision.models.feature_extraction import create_feature_extractor


class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        super().__init__()
        net = vgg16(weights=VGG16_Weights.DEFAULT).eval()
        self.extractor = create_feature_extractor(net, return_nodes={"features.15": "relu3_3"})
        self.extractor.eval()
        for p in self.extractor.parameters():
            p.requires_grad_(False)

    def maps(self, x):
        x = F.interpolate(x, size=(224, 224), mode="bilinear", align_corners=False)
        return self.extractor(x)["relu3_3"]

    def forward(self, output, target):
        with torch.no_grad():
            wanted = self.maps(target)
        return nn.functional.l1_loss(self.maps(output), wanted)
