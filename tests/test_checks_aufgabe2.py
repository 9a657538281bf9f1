"""The checks of Aufgabe 2."""

import pytest
from submissions import class_source, fault

INIT = """
self.blocks = nn.Sequential(ResNetBlock(3, 16, 7), ResNetBlock(16, 32, 7), ResNetBlock(32, 64, 7), ResNetBlock(64, 128, 7))
self.last = nn.Conv2d(32, 3, 7, padding=3)
"""
FORWARD = """
y = self.last(F.pixel_shuffle(self.blocks(x), 2))
return y + F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
"""


def network(init: str = INIT, forward: str | None = FORWARD) -> str:
    return class_source("Upscale2x", "x", init, forward)


# The convolution that comes last is made first, each block has its name, and blocks are made in reverse.
REORDERED = network(
    """
self.out = nn.Conv2d(32, 3, (7, 7), stride=1, padding="same")
self.d = ResNetBlock(64, 128, kernel_size=7, padding=3)
self.c = ResNetBlock(32, 64, kernel_size=7, padding=3)
self.b = ResNetBlock(16, 32, kernel_size=7, padding=3)
self.a = ResNetBlock(3, 16, kernel_size=7, padding=3)
self.up = nn.Upsample(scale_factor=2, mode="bilinear", align_corners=True)
self.shuffle = nn.PixelShuffle(2)
""",
    "return self.up(x) + self.out(self.shuffle(self.d(self.c(self.b(self.a(x))))))",
)


@pytest.mark.parametrize("source", [network(), REORDERED], ids=["sequential", "reordered"])
def test_right_networks_pass_in_every_style(source: str) -> None:
    assert fault("a2-init", source) == ""
    assert fault("a2-forward", source) == ""


WRONG = {
    "kernel 9, the default": (network(INIT.replace(", 7)", ")").replace("nn.Conv2d(32, 3, 7", "nn.Conv2d(32, 3, 7")),
                              "kernel-size", ""),
    "last kernel 3": (network(INIT.replace("32, 3, 7, padding=3", "32, 3, 3, padding=1")), "kernel-size", ""),
    "no padding": (network(INIT.replace(", padding=3", "")), "padding", ""),
    "a block missing": (network(INIT.replace("ResNetBlock(64, 128, 7)", "nn.Identity()").replace("(32, 3", "(16, 3")),
                        "missing-layer", ""),
    "an extra convolution": (network(INIT + "\nself.more = nn.Conv2d(3, 3, 3, padding=1)",
                                     FORWARD.replace("(x), 2", "(self.more(x)), 2")), "extra-layers", ""),
    "a layer that is not used": (network(INIT + "\nself.more = nn.Conv2d(3, 3, 3)"), "extra-layers", ""),
    "convolution before PixelShuffle": (network(
        INIT.replace("32, 3, 7", "128, 12, 7"),
        FORWARD.replace("self.last(F.pixel_shuffle(self.blocks(x), 2))", "F.pixel_shuffle(self.last(self.blocks(x)), 2)")),
        "before-shuffle", "order"),
    "no batch": (network(forward=FORWARD.replace("return y", "return (y").rstrip() + ").squeeze()"), "", "shape batch=lost"),
    "sides swapped": (network(forward=FORWARD.replace("scale_factor=2", "size=(2 * x.shape[3], 2 * x.shape[2])")), "",
                      "shape sizes=square"),
    "layers in a list": (network("self.blocks = [ResNetBlock(3, 16, 7)]", "return x"), "unregistered", "shape"),
    "forward missing": (network(forward=None), "", "no-forward"),
    "nothing": (network("raise NotImplementedError()", None), "unsolved", "unsolved"),
    "no skip": (network(forward="return self.last(F.pixel_shuffle(self.blocks(x), 2))"), "", "skip=none"),
    "corners": (network(forward=FORWARD.replace("True", "False")), "", "skip=align-corners-false"),
    "nearest": (network(forward=FORWARD.replace(', mode="bilinear", align_corners=True', "")), "", "skip=nearest"),
    "ReLU at the end": (network(forward=FORWARD.replace("return y", "return y.relu()")), "", "end=relu"),
    "tanh at the end": (network(forward=FORWARD.replace("return y", "return y.tanh()")), "", "end=tanh"),
    "reshaped": (network(forward=FORWARD.replace("F.pixel_shuffle(self.blocks(x), 2)",
                 "self.blocks(x).reshape(len(x), 32, 2 * x.shape[2], 2 * x.shape[3])")), "", "shuffle=view"),
    "applied to the large picture": (network(
        forward='x = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)\n'
        "return self.last(F.pixel_shuffle(self.blocks(x), 2))"), "", "shape"),
    "kernel 9 and no skip": (network(INIT.replace(", 7)", ")"),
                             "return self.last(F.pixel_shuffle(self.blocks(x), 2))"), "kernel-size", "skip=none"),
    "cut off": (network(forward="with torch.no_grad():\n    y = self.last(F.pixel_shuffle(self.blocks(x), 2))\n"
                + FORWARD.strip().splitlines()[1]), "", "no-gradient"),
    "layers partly in a list": (network(INIT.replace("nn.Sequential(", "[").replace("128, 7))", "128, 7)]"),
                                FORWARD.replace("self.blocks(x)", "nn.Sequential(*self.blocks)(x)")),
                                "unregistered", ""),
    "extra BatchNorm": (network(INIT + "\nself.norm = nn.BatchNorm2d(32)", FORWARD.replace("self.last(F", "self.last(self.norm(F")
                                .replace("2))", "2)))").replace(", 2)", ", 2)")), "extra-layers", ""),
    "PixelShuffle by four": (network(
        INIT + "\nself.shuffle = nn.PixelShuffle(4)",
        FORWARD.replace("F.pixel_shuffle(self.blocks(x), 2)", "self.shuffle(self.blocks(x))")), "shuffle-factor", ""),
    "wrong mode": (network(forward=FORWARD.replace("bilinear", "linear").replace(", align_corners=True", "")), "",
                   "error-interpolation"),
    "input cut off": (network(forward=FORWARD.replace("F.interpolate(x", "F.interpolate(x.detach()")), "", "input-gradient"),
    "no nn.Module": (network().replace("(nn.Module)", "").replace("super().__init__()", "pass"), "no-module", "no-module"),
    "no super().__init__()": (network().replace("super().__init__()", "pass"), "error-super-init", "error-super-init"),
    "two results": (network(forward=FORWARD.replace("return y", "return x, y")), "", "no-tensor"),
    "start weights": (network(INIT + "\nnn.init.zeros_(self.last.weight)"), "start-weights", ""),
    "clamped far out": (network(forward=FORWARD.replace("return y", "return (y").rstrip() + ").clamp(-20, 20)"), "",
                        "end-not-linear end=held-back"),
    "weighted": (network(forward=FORWARD.replace("return y", "return 0.1 * y")), "", "skip=weighted"),
    "noise": (network(forward=FORWARD.rstrip() + " + 0.1 * torch.randn_like(y)"), "", "random"),
    "another type": (network(forward=FORWARD.replace("return y", "return y.float()").replace("(x, s", "(x.float(), s")), "",
                     "dtype"),
    "all widths doubled": (network(INIT.replace("128", "256").replace("64", "128").replace("32", "64").replace("16", "32")),
                           "missing-layer", ""),
    "no return": (network(forward=FORWARD.replace("return ", "y = ")), "", "no-tensor"),
}  # fmt: skip


@pytest.mark.parametrize(("source", "init", "forward"), WRONG.values(), ids=WRONG)
def test_misconceptions_are_named_and_charged_to_one_part(source: str, init: str, forward: str) -> None:
    assert fault("a2-init", source) == init
    found = fault("a2-forward", source)
    assert forward in found and bool(forward) == bool(found)
