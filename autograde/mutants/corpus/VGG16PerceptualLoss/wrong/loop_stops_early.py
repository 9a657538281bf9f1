"""The loop in forward leaves out the last layer."""
# a1-vgg-forward: layers=15
class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16].eval()
        for p in self.features.parameters():
            p.requires_grad = False


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    def run(x):
        x = F.interpolate(x, size=(224, 224), mode="bilinear", align_corners=False)
        for i in range(len(self.features) - 1):
            x = self.features[i](x)
        return x
    with torch.no_grad():
        b = run(target)
    return F.l1_loss(run(output), b)
