"""The checks of Aufgabe 3, 4 and 5."""

import pytest
from submissions import answers, fault, findings

from autograde.checks import LiveReference
from autograde.checks.solution import reference_answers
from srcourse.checks import PARTS, LocalSubmission

pytestmark = pytest.mark.usefixtures("real_weights", "course_weights")


def generator(expression: str) -> str:
    return f"""
class GeneratorLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.perceptual, self.tv = VGG16PerceptualLoss(), TVLoss()

    def forward(self, output, target):
        return {expression}
"""


def earlier(*names: str) -> dict[str, object]:
    return {name: reference_answers()[name] for name in names}


@pytest.mark.parametrize(
    ("expression", "expected"),
    {
        "self.tv(output).mul(0.1).add(self.perceptual(output, target))": "",
        "self.perceptual(output, target) + self.tv(output)": "weight=1",
        "self.perceptual(output, target)": "weight=0",
        "self.perceptual(output, target) + 0.1 * self.tv(target)": "tv-of-target",
        "self.perceptual(target, output) + 0.1 * self.tv(output)": "swapped",
        "0.1 * self.perceptual(output, target) + self.tv(output)": "weight-on-perceptual",
    }.items(),
)
def test_generator_loss(expression: str, expected: str) -> None:
    known = earlier("VGG16PerceptualLoss", "TVLoss")
    assert fault("a3-loss", generator(expression), **known) == expected


TRAIN = """
def train_perceptual(model, photos, profile, **options):
    return fit(model, GeneratorLoss(), photos, profile=profile, **options)
"""


@pytest.mark.parametrize(
    ("source", "expected"),
    {
        TRAIN: "",
        TRAIN.replace("return ", "history = ") + "    return history\n": "",
        TRAIN.replace("return ", ""): "no-history",
        TRAIN.replace("GeneratorLoss()", "nn.MSELoss()"): "loss=mse",
        TRAIN.replace("GeneratorLoss()", "VGG16PerceptualLoss()"): "generator-weight=0",
        TRAIN.replace("profile=profile, **options", "profile=profile"): "seed-ignored",
        TRAIN.replace("profile=profile", 'profile="quick"'): "profile-ignored",
        TRAIN.replace("\n    return", "\n    options.pop('callbacks')\n    return"): "options-ignored",
        TRAIN.replace("return fit", "return model, fit"): "no-history",
        TRAIN.replace("fit(model", "__import__('copy').deepcopy(model) and fit(__import__('copy').deepcopy(model)"): "untrained",
        "def train_perceptual(model, photos, profile, **options):\n    raise NotImplementedError()\n": "unsolved",
    }.items(),
)  # fmt: skip
def test_perceptual_training(source: str, expected: str) -> None:
    known = earlier("GeneratorLoss", "VGG16PerceptualLoss")
    assert fault("a3-train", source, **known) == expected


def test_a_wrong_generator_loss_is_not_charged_to_the_training() -> None:
    known = earlier("VGG16PerceptualLoss", "TVLoss")
    source = generator("self.perceptual(output, target) + self.tv(output)") + TRAIN
    assert fault("a3-loss", source, **known) == "weight=1"
    assert fault("a3-train", source, **known) == ""


def test_mse_training() -> None:
    right = """
def train_mse(model, photos, profile, **options):
    return fit(model, F.mse_loss, photos, profile=profile, **options)
"""
    assert fault("a4-train", right) == ""
    assert fault("a4-train", right.replace("mse_loss", "l1_loss")) == "loss=l1"
    assert fault("a4-train", right.replace("profile=profile", "profile='smoke'")) == "profile-ignored"
    assert (
        fault("a4-train", right.replace("F.mse_loss", "nn.MSELoss(reduction='sum')")) == "loss=squares-summed"
    )
    assert fault("a4-train", right.replace("F.mse_loss", "lambda x, y: 3 * F.mse_loss(x, y)")) == "loss-scale"
    assert (
        fault("a4-train", right.replace("return fit", "model.loss = nn.Linear(1, 1)\n    return fit"))
        == "rebuilt-model"
    )
    ruined = right.replace("return fit(model", "import copy\n    history = fit(copy.deepcopy(model)") + (
        "    for p in model.parameters():\n        p.data.fill_(float('nan'))\n    return history\n"
    )
    assert fault("a4-train", ruined) == "changed-after-fit"
    shifted = right.replace("F.mse_loss", "lambda x, y: F.mse_loss(x, y.roll(1, -1))")
    assert fault("a4-train", shifted) == "other-training"


COMPARE = """
from srcourse.imagenet import denormalize
from srcourse.metrics import lpips, mse, psnr, to_8bit

def compare_models(models, low, high):
    table = {}
    truth = to_8bit(denormalize(high))
    for name, model in models.items():
        model.eval()
        with torch.no_grad():
            picture = to_8bit(denormalize(model(low)))
        table[name] = {
            "mse": mse(picture, truth).mean().item(),
            "psnr": psnr(picture, truth).mean().item(),
            "lpips": lpips(picture, truth).mean().item(),
        }
    return table
"""


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("", ""), ""),
        (("psnr(picture, truth).mean()", "-10 * mse(picture, truth).log10().mean()"), ""),
        (("to_8bit(denormalize(model(low)))", "denormalize(model(low)).clamp(0, 1)"), "not-rounded output"),
        (("to_8bit(denormalize(high))", "denormalize(high)"), "not-rounded target"),
        ((".mean().item()", ".mean().item().__round__(2)"), "rounded"),
        (("model.eval()", "pass"), "train-mode"),
        (("psnr(picture, truth).mean()", "-10 * mse(picture, truth).mean().log10()"), "psnr-of-mean"),
        (("lpips(picture, truth)", 'lpips(picture, truth, "alex")'), "alex"),
        (("to_8bit(denormalize(model(low)))", "model(low)"), "range"),
        ((".mean()", ".sum()"), "sum"),
        (('"lpips"', '"LPIPS"'), "metrics-missing"),
        ((".mean().item()", ""), "no-numbers"),
        ((".mean().item()", ".mean()"), "no-plain-numbers"),
        (("with torch.no_grad()", "if True"), "with-gradients"),
        (("table[name] = {", "model.mix.weight.data.zero_(); table[name] = {"), "changes-models"),
        (("return table", "pass"), "no-dictionary"),
        (("20", "20"), ""),
    ],
)
def test_comparison(change: tuple[str, str], expected: str) -> None:
    assert fault("a4-compare", COMPARE.replace(*change) if change[0] else COMPARE) == expected


EXAMPLE = """
class Upscale4x(nn.Module):
    def __init__(self):
        super().__init__()
        widths = [3, 16, 32, 64, 128, 256]
        self.blocks = nn.Sequential(*[ResNetBlock(a, b, 3) for a, b in zip(widths, widths[1:])])
        self.last = nn.Conv2d(16, 3, 7, padding=3)

    def forward(self, x):
        up = F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True)
        return up + self.last(F.pixel_shuffle(self.blocks(x), 4))
"""
# Two doubling networks, one after the other.
PROGRESSIVE = """
class Upscale4x(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = Upscale2x(), Upscale2x()

    def forward(self, x):
        return self.second(self.first(x))
"""
# The last convolution makes all colours of all sub-pixels (Shi et al. 2016).
SUBPIXEL = """
class Upscale4x(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(3, 24, 5, padding=2), nn.ReLU(), nn.Conv2d(24, 24, 3, padding=1), nn.ReLU())
        self.end = nn.Sequential(nn.Conv2d(24, 48, 3, padding=1), nn.PixelShuffle(4))
        self.up = nn.Upsample(scale_factor=4, mode="bilinear", align_corners=True)

    def forward(self, x):
        return self.up(x) + self.end(self.body(x))
"""


# One doubling network that runs twice.
SHARED = PROGRESSIVE.replace(
    "self.first, self.second = Upscale2x(), Upscale2x()", "self.first = Upscale2x()"
).replace("self.second", "self.first")
# What bends or normalises before the last convolution does not hold the output back.
NORMALISED = SUBPIXEL.replace(
    "nn.ReLU(), nn.Conv2d(24, 24, 3, padding=1), nn.ReLU()", "nn.GroupNorm(4, 24), nn.ReLU()"
)
BENT = SUBPIXEL.replace("padding=1), nn.ReLU()", "padding=1), nn.Tanh()")
SINGLE = SUBPIXEL.replace("self.end(self.body(x))", "self.only(x)").replace(
    "self.up =",
    "del self.body, self.end\n        self.only = nn.Sequential(nn.Conv2d(3, 48, 5, padding=2), nn.PixelShuffle(4))\n"
    "        self.up =",
)
# A learned factor that starts at zero (Bachlechner et al. 2021, arXiv 2003.04887).
SCALED = EXAMPLE.replace(
    "self.last = ", "self.factor = nn.Parameter(torch.zeros(()))\n        self.last = "
).replace("up + self.last", "up + self.factor * self.last")
DESIGNS = {
    "example": EXAMPLE,
    "progressive": PROGRESSIVE,
    "shared": SHARED,
    "sub-pixel": SUBPIXEL,
    "normalised": NORMALISED,
    "bent": BENT,
    "single": SINGLE,
    "scaled": SCALED,
}


@pytest.mark.parametrize("source", DESIGNS.values(), ids=DESIGNS)
def test_every_right_design_passes(source: str) -> None:
    known = earlier("Upscale2x")
    assert fault("a5-init", source, **known) == ""
    assert fault("a5-forward", source, **known) == ""
    for seed in range(3):
        submission = LocalSubmission(answers(source, **known))
        hidden = LiveReference(seed, hidden=True)
        assert PARTS["a5-init"].check(submission, hidden) == []
        assert PARTS["a5-forward"].check(submission, hidden) == []


@pytest.mark.parametrize(
    ("change", "init", "forward"),
    [
        (("self.blocks(x), 4", "self.blocks(up), 4"), "", "shape"),
        (("x):\n        up", "x):\n        x = F.interpolate(x, scale_factor=4)\n        up"), "", "shape"),
        (("return up + ", "return "), "", "skip=none"),
        (('mode="bilinear", align_corners=True', 'mode="nearest"'), "", "skip=nearest"),
        (("up + self.last", "F.relu(up + self.last"), "", "end=relu-of-sum"),
        (("self.last(F.pixel_shuffle(self.blocks(x), 4))", "self.last(F.pixel_shuffle(self.blocks(x), 4)).relu()"), "",
         "end-not-linear end=bent"),
        (("self.last(F.pixel_shuffle(self.blocks(x), 4))", "self.last(F.pixel_shuffle(self.blocks(x), 4)).tanh()"), "",
         "end-not-linear end=held-back"),
        (("nn.Conv2d(16", "nn.Conv2d(64"), "channels", ""),
        (("zip(widths, widths[1:])])", "zip(widths, widths[1:])]).requires_grad_(False)"), "frozen", ""),
        (("16, 3, 7, padding=3)", "16, 3, 7, padding=3).requires_grad_(False)"), "frozen", ""),
        (("self.blocks(x), 4", "F.dropout(self.blocks(x)), 4"), "", "random"),
        (("nn.Sequential(*[ResNetBlock(a, b, 3) for a, b in zip(widths, widths[1:])])",
          "[ResNetBlock(a, b, 3) for a, b in zip(widths, widths[1:])]"), "unregistered", "error-not-callable"),
        (("return up + self.last(F.pixel_shuffle(self.blocks(x), 4))", "return up"), "", "no-residual"),
    ],
)  # fmt: skip
def test_wrong_4x_networks_are_named(change: tuple[str, str], init: str, forward: str) -> None:
    source = EXAMPLE.replace(*change)
    if "F.relu(up" in source:
        source = source.replace("self.blocks(x), 4))", "self.blocks(x), 4)))")
    assert fault("a5-init", source) == init
    assert fault("a5-forward", source) == forward


def test_4x_training_must_use_the_named_loss() -> None:
    right = """
def train_upscale4x(model, loss_name, photos, profile, **options):
    loss = {"mse": nn.MSELoss, "perceptual": GeneratorLoss}[loss_name]()
    return fit(model, loss, photos, profile=profile, **options)
"""
    known = earlier("GeneratorLoss")
    assert fault("a5-train", right, **known) == ""
    assert (
        fault("a5-train", right.replace('"mse": nn.MSELoss', '"mse": GeneratorLoss'), **known)
        == "loss=generator"
    )
    assert (
        fault("a5-train", right.replace('"perceptual": GeneratorLoss', '"perceptual": nn.MSELoss'), **known)
        == "loss=mse"
    )


def test_every_part_has_its_hidden_and_visible_check() -> None:
    assert list(PARTS) == [
        "a1-vgg-init", "a1-vgg-forward", "a1-tv", "a2-init", "a2-forward", "a3-loss", "a3-train", "a4-train",
        "a4-compare", "a5-init", "a5-forward", "a5-train",
    ]  # fmt: skip
    assert findings("a4-train", "")[0].fault == "missing"
