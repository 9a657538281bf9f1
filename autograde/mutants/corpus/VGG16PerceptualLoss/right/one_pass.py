"""Both pictures go through VGG16 in one stack."""
class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16]
        self.net.eval()
        self.net.requires_grad_(False)


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    n = output.shape[0]
    beide = torch.cat([output, target.detach()], dim=0)
    beide = F.interpolate(beide, size=(224, 224), mode="bilinear", align_corners=False)
    merkmale = self.net(beide)
    return (merkmale[:n] - merkmale[n:]).abs().mean()
