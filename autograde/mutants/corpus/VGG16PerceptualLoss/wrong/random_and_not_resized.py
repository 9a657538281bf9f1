"""Both parts wrong: random weights, no resizing."""
# a1-vgg-init: random-weights
# a1-vgg-forward: resize=none
class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = vgg16().features[:16].eval()
        for p in self.features.parameters():
            p.requires_grad = False


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    with torch.no_grad():
        t = self.features(target)
    return F.l1_loss(self.features(output), t)
