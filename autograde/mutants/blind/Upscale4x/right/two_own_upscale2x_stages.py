"""Chains two Upscale2x networks with their own weights, each of which adds its own bilinear doubling."""

from answers.aufgabe2 import Upscale2x


class Upscale4x(nn.Module):
    """Residual network that quadruples height and width of an image."""

    def __init__(self):
        super().__init__()
        self.stages = nn.Sequential(Upscale2x(), Upscale2x())

    def forward(self, x):
        """Map a (N, 3, H, W) tensor to (N, 3, 4H, 4W)."""
        return self.stages(x)
