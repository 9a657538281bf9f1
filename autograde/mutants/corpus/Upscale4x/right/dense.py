"""Dense connections: each layer sees all earlier ones."""


class Upscale4x(nn.Module):
    def __init__(self):
        super().__init__()
        self.convs = nn.ModuleList(nn.Conv2d(3 + 8 * i, 8, 3, padding=1) for i in range(4))
        self.mix = nn.Conv2d(3 + 8 * 4, 48, 1)


@add_to_class(Upscale4x)
def forward(self, x):
    known = [x]
    for conv in self.convs:
        known.append(torch.relu(conv(torch.cat(known, dim=1))))
    out = F.pixel_shuffle(self.mix(torch.cat(known, 1)), 4)
    n, c, h, w = x.shape
    return out + F.interpolate(x, size=(4 * h, 4 * w), mode="bilinear", align_corners=True)
