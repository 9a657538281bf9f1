"""Keeps the two losses in a ModuleDict beside a dictionary of weights and sums the weighted terms."""


class GeneratorLoss(nn.Module):
    """Training loss of the upscaling network, made of two parts."""

    def __init__(self):
        super().__init__()
        self.parts = nn.ModuleDict({"features": VGG16PerceptualLoss(), "smoothness": TVLoss()})
        self.weights = {"features": 1.0, "smoothness": 1 / 10}

    def terms(self, output, target):
        return {
            "features": self.parts["features"](output, target),
            "smoothness": self.parts["smoothness"](output),
        }

    def forward(self, output, target):
        """Return the loss of two (N, 3, H, W) tensors as a scalar."""
        terms = self.terms(output, target)
        return sum(self.weights[name] * value for name, value in terms.items())
