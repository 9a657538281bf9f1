"""Runs the first stage under torch.no_grad() to save memory, so its layers never receive a gradient and are in effect frozen."""
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
    with torch.no_grad():
        half = self.stage1(x)
    return self.stage2(half)
