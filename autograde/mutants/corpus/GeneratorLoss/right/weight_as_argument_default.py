"""The weight is an argument of the constructor with a default."""
class GeneratorLoss(nn.Module):
    def __init__(self, tv_weight=0.1):
        super(GeneratorLoss, self).__init__()
        self.tv_weight = tv_weight
        self.vgg_loss = VGG16PerceptualLoss()
        self.tv_loss = TVLoss()

    def forward(self, output, target):
        l_perc = self.vgg_loss(output, target)
        l_tv = self.tv_loss(output)
        loss = l_perc + self.tv_weight * l_tv
        return loss
