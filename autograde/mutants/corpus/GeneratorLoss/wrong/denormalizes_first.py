"""Takes the pictures back to [0, 1] first."""
# a3-loss: denormalized
class GeneratorLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        from srcourse.imagenet import denormalize
        output, target = denormalize(output), denormalize(target)
        return self.perceptual(output, target) + 0.1 * self.tv(output)
