"""Two helper methods, type hints, and a static factory."""
from torch import Tensor


class Upscale2x(nn.Module):
    """Residual network that doubles height and width of an image."""

    def __init__(self) -> None:
        super(Upscale2x, self).__init__()
        self.stages: nn.ModuleDict = nn.ModuleDict(
            {f"stage{i}": self._block(i) for i in range(4)}
        )
        self.shuffle: nn.Module = nn.PixelShuffle(2)
        self.to_rgb: nn.Module = nn.Conv2d(32, 3, kernel_size=7, padding=7 // 2)

    @staticmethod
    def _block(i: int) -> nn.Module:
        return ResNetBlock(3 if i == 0 else 2 ** (i + 3), 2 ** (i + 4), kernel_size=7)

    def _residual(self, x: Tensor) -> Tensor:
        for stage in self.stages.values():
            x = stage(x)
        return self.to_rgb(self.shuffle(x))

    def _interpolated(self, x: Tensor) -> Tensor:
        return F.interpolate(x, scale_factor=(2, 2), mode="bilinear", align_corners=True)


@add_to_class(Upscale2x)
def forward(self, x: Tensor) -> Tensor:
    return self._interpolated(x) + self._residual(x)
