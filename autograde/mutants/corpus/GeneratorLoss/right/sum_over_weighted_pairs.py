"""Goes through a list of weights and losses."""
class GeneratorLoss(nn.Module):
    """Perceptual Loss plus 0.1 mal TV."""

    def __init__(self):
        super().__init__()
        self.teile = nn.ModuleDict({"perc": VGG16PerceptualLoss(), "tv": TVLoss()})
        self.register_buffer("gewicht", torch.tensor(0.1))

    def forward(self, output, target):
        summanden = [self.teile["perc"](output, target), self.gewicht * self.teile["tv"](output)]
        return torch.stack(summanden).sum()
