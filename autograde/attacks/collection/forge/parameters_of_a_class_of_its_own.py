"""Weights of a class derived from nn.Parameter, which says that they are frozen."""
# aufgabe1
# %% a1-vgg-init
class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16].eval()
        for layer in self.features:
            if isinstance(layer, nn.Conv2d):
                layer.weight = Still(layer.weight.data)
                layer.bias = Still(layer.bias.data)
class Still(nn.Parameter):
    requires_grad = property(lambda self: False)
