"""Registers kernels and biases itself as nn.Parameter in ParameterLists and calls F.conv2d."""


def kernel(out_channels, in_channels, size):
    weight = torch.empty(out_channels, in_channels, size, size)
    nn.init.kaiming_normal_(weight)
    return nn.Parameter(weight)


class Upscale4x(nn.Module):
    """Residual network that quadruples height and width of an image."""

    def __init__(self):
        super().__init__()
        widths = [3, 32, 32, 64]
        self.kernels = nn.ParameterList([kernel(b, a, 3) for a, b in zip(widths, widths[1:])])
        self.biases = nn.ParameterList([nn.Parameter(torch.zeros(b)) for b in widths[1:]])
        self.last_kernel = kernel(3, 4, 5)
        self.last_bias = nn.Parameter(torch.zeros(3))


@add_to_class(Upscale4x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 4H, 4W)."""
    y = x
    for weight, bias in zip(self.kernels, self.biases):
        y = F.leaky_relu(F.conv2d(y, weight, bias, padding=1), 0.1)
    y = F.conv2d(F.pixel_shuffle(y, 4), self.last_kernel, self.last_bias, padding=2)
    return F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True) + y
