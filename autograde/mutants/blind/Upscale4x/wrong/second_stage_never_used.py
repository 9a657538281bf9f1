"""Creates two stages but runs the first one twice by a typing error, so the layers of the second never contribute to the result."""
# a5-forward: no-gradient

from answers.aufgabe2 import Upscale2x


class Upscale4x(nn.Module):
    """Residual network that quadruples height and width of an image."""

    def __init__(self):
        super().__init__()
        self.stage1 = Upscale2x()
        self.stage2 = Upscale2x()


@add_to_class(Upscale4x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 4H, 4W)."""
    half = self.stage1(x)
    full = self.stage1(half)
    return full
