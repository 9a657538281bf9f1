"""The residual building block that Aufgabe 2 and 5 hand to the students."""

from torch import Tensor, nn


class ResNetBlock(nn.Module):
    """Two convolutions with a shortcut around them; height and width stay as they are.

    The order is conv, ReLU, BatchNorm, conv, add the shortcut, ReLU, BatchNorm. The convolutions have no bias
    since a BatchNorm follows. The shortcut is the identity, or a 1x1 convolution without bias where the
    number of channels changes (He et al. 2016, arXiv 1512.03385, section 3.3, option B; the order of ReLU and
    BatchNorm is this course's).

    Args:
        in_channels: channels of the input.
        out_channels: channels of the output.
        kernel_size: side of both square kernels, odd.
        padding: zeros added on each side; ``None`` picks ``kernel_size // 2``, which keeps the size.

    Raises:
        ValueError: if ``kernel_size`` and ``padding`` together would change height and width.
    """

    def __init__(
        self, in_channels: int, out_channels: int, kernel_size: int = 9, padding: int | None = None
    ) -> None:
        super().__init__()
        if padding is None:
            padding = kernel_size // 2
        if 2 * padding != kernel_size - 1:
            raise ValueError(
                f"kernel_size={kernel_size} with padding={padding} changes the size of the feature map, and "
                f"the shortcut could not be added; use an odd kernel_size and padding={kernel_size // 2}"
            )
        self.conv1 = nn.Conv2d(in_channels, out_channels, kernel_size, padding=padding, bias=False)
        self.relu1 = nn.ReLU()
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.conv2 = nn.Conv2d(out_channels, out_channels, kernel_size, padding=padding, bias=False)
        self.relu2 = nn.ReLU()
        self.bn2 = nn.BatchNorm2d(out_channels)
        self.shortcut: nn.Module = nn.Identity()
        if in_channels != out_channels:
            self.shortcut = nn.Conv2d(in_channels, out_channels, 1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """Map (N, in_channels, H, W) to (N, out_channels, H, W)."""
        y = self.bn1(self.relu1(self.conv1(x)))
        y = self.conv2(y) + self.shortcut(x)
        return self.bn2(self.relu2(y))  # type: ignore[no-any-return]
