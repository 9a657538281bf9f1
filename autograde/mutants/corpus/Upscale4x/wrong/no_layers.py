"""Only interpolates; there is nothing to learn."""
# a5-init: no-parameters
# a5-forward: no-residual


class Upscale4x(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = nn.Upsample(scale_factor=4, mode="bilinear", align_corners=True)


@add_to_class(Upscale4x)
def forward(self, x):
    return self.up(x)
