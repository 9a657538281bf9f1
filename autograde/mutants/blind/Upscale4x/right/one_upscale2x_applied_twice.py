"""Runs one Upscale2x with shared weights twice in a row."""

from answers.aufgabe2 import Upscale2x


class Upscale4x(nn.Module):
    """Residual network that quadruples height and width of an image."""

    def __init__(self):
        super().__init__()
        self.doubling = Upscale2x()


@add_to_class(Upscale4x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 4H, 4W)."""
    for _ in range(2):
        x = self.doubling(x)
    return x
