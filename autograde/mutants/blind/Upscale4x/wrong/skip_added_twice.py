"""Chains two Upscale2x, which already add their own skips, and adds the fourfold enlarged input once more, so zero weights give twice the picture."""
# a5-forward: skip=weighted

from answers.aufgabe2 import Upscale2x


class Upscale4x(nn.Module):
    """Residual network that quadruples height and width of an image."""

    def __init__(self):
        super().__init__()
        self.first = Upscale2x()
        self.second = Upscale2x()


@add_to_class(Upscale4x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 4H, 4W)."""
    up = F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True)
    return up + self.second(self.first(x))
