"""The checks of Aufgabe 1: right answers of every style pass, wrong ones are named and charged to the right part."""

import pytest
from submissions import class_source, fault, findings

pytestmark = pytest.mark.usefixtures("real_weights", "course_weights")

INIT = "self.features = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16].eval().requires_grad_(False)"
FORWARD = """
output, target = (F.interpolate(x, (224, 224), mode="bilinear", align_corners=False) for x in (output, target))
with torch.no_grad():
    target = self.features(target)
return F.l1_loss(self.features(output), target)
"""


def vgg(init: str = INIT, forward: str | None = FORWARD) -> str:
    return class_source("VGG16PerceptualLoss", "output, target", init, forward)


RIGHT = {
    "one pass through a concatenated batch": vgg(forward="""
        both = F.interpolate(torch.cat([output, target]), size=224, mode="bilinear")
        one, other = self.features(both).chunk(2)
        return (one - other.detach()).abs().mean()
        """.replace("        ", "")),
    "deprecated argument, which warns": vgg(
        INIT.replace("vgg16(weights=VGG16_Weights.IMAGENET1K_V1)", "__import__('torchvision').models.vgg16(pretrained=True)")
    ),
    "another name, slices, ReLUs not in place": vgg(
        """
net = vgg16(weights="DEFAULT").features
self.parts = nn.ModuleList([net[:4], net[4:9], net[9:16]])
for layer in self.parts.modules():
    if isinstance(layer, nn.ReLU):
        layer.inplace = False
self.eval()
for p in self.parameters():
    p.requires_grad = False
""",
        """
def run(x):
    x = F.interpolate(x, size=(224, 224), mode="bilinear")
    for part in self.parts:
        x = part(x)
    return x
with torch.no_grad():
    wanted = run(target)
return torch.mean(torch.abs(run(output) - wanted))
""",
    ),
    "features caught by a hook": vgg(
        INIT + "\nself.seen = []\nself.features[15].register_forward_hook(lambda m, i, o: self.seen.append(o))",
        """
output, target = (F.interpolate(x, (224, 224), mode="bilinear", align_corners=False) for x in (output, target))
self.seen.clear()
self.features(output)
with torch.no_grad():
    self.features(target)
return F.l1_loss(*self.seen)
""",
    ),
    "other layers beside it": vgg(INIT + "\nself.l1 = nn.L1Loss()", FORWARD.replace("F.l1_loss", "self.l1")),
    "the whole network, of which forward takes a part": vgg(
        INIT.replace(".features[:16]", "").replace("self.features = ", "self.net = __import__('torchvision').models."),
        FORWARD.replace("self.features", "self.net.features[:16]"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("source", RIGHT.values(), ids=RIGHT)
def test_right_losses_pass_in_every_style(source: str) -> None:
    assert fault("a1-vgg-init", source) == ""
    assert fault("a1-vgg-forward", source) == ""


# Constructor, forward → what is found in each.
WRONG = {
    "too short": (vgg(INIT.replace(":16", ":15")), "layers=15", ""),
    "relu2_2": (vgg(INIT.replace(":16", ":9")), "layers=9", ""),
    "random weights": (vgg(INIT.replace("VGG16_Weights.IMAGENET1K_V1", "None")), "random-weights", ""),
    "not frozen": (vgg(INIT.replace(".requires_grad_(False)", "")), "not-frozen", ""),
    "training mode": (vgg(INIT.replace(".eval()", "")), "training-mode", ""),
    "in a list": (vgg("self.nets = [vgg16(weights='DEFAULT').features[:16].eval()]", FORWARD.replace("self.features",
    "self.nets[0]")),
                  "unregistered", ""),
    "squared": (vgg(forward=FORWARD.replace("l1_loss", "mse_loss")), "", "distance=mse resize=bilinear"),
    "not resized": (vgg(forward="return F.l1_loss(self.features(output), self.features(target).detach())"), "",
                    "distance=l1 resize=none"),
    "aligned corners": (vgg(forward=FORWARD.replace("=False", "=True")), "", "distance=l1 resize=align-corners"),
    "gradient through the target": (vgg(forward=FORWARD.replace("no_grad", "enable_grad")), "", "target-gradient"),
    "no gradient at all": (vgg(forward="with torch.no_grad():\n" + "".join(
        f"    {line}\n" for line in FORWARD.strip().splitlines())), "", "no-gradient"),
    "a Python number": (vgg(forward=FORWARD.rstrip() + ".item()"), "", "no-tensor"),
    "both parts wrong": (vgg(INIT.replace(":16", ":23"), FORWARD.replace("l1_loss", "mse_loss")), "layers=23",
                         "distance=mse resize=bilinear"),
    "forward not written yet": (vgg(forward=None), "", "no-forward"),
    "nothing written yet": (vgg("raise NotImplementedError()", None), "unsolved", "unsolved"),
    "no network": (vgg("pass", "return (output - target).abs().mean()"), "no-vgg", "layers=0"),
    "a part of the layers in forward": (vgg(forward=FORWARD.replace("self.features(", "self.features[:9](")), "",
                                        "layers=9 distance=l1 resize=bilinear"),
    "the whole network, wrongly cut in forward": (
        vgg(INIT.replace("[:16]", ""), FORWARD.replace("self.features(", "self.features[:14](")), "", "layers=14"),
    "a type in forward": (vgg(forward="output = output.float()\n" + FORWARD.strip()), "", "fixed-type"),
    "one dimension too many": (vgg(forward=FORWARD.rstrip() + ".unsqueeze(0)"), "", "not-scalar"),
    "biases not frozen": (vgg(INIT.replace(".requires_grad_(False)", "") + "\nself.features[0].weight.requires_grad = False"),
                          "partly-frozen", ""),
}  # fmt: skip


@pytest.mark.parametrize(("source", "init", "forward"), WRONG.values(), ids=WRONG)
def test_misconceptions_are_named_and_charged_to_one_part(source: str, init: str, forward: str) -> None:
    assert fault("a1-vgg-init", source) == init
    found = fault("a1-vgg-forward", source)
    assert forward in found and bool(forward) == bool(found)


def tv(expression: str) -> str:
    return f"""
class TVLoss(nn.Module):
    def forward(self, img):
        rows = img[:, :, 1:] - img[:, :, :-1]
        columns = img[:, :, :, 1:] - img[:, :, :, :-1]
        return {expression}
"""


def test_right_variations_pass() -> None:
    assert fault("a1-tv", tv("rows.abs().mean() + columns.abs().mean()")) == ""
    assert (
        fault("a1-tv", tv("torch.diff(img, dim=2).abs().mean() + torch.diff(img, dim=3).abs().mean()")) == ""
    )
    assert (
        fault("a1-tv", tv("F.l1_loss(img[..., 1:, :], img[..., :-1, :]) + columns.norm(1) / columns.numel()"))
        == ""
    )


@pytest.mark.parametrize(
    ("expression", "expected"),
    {
        "rows.abs().sum() + columns.abs().sum()": "sum",
        "(rows.abs().mean() + columns.abs().mean()) / 2": "half",
        "(rows ** 2).mean() + (columns ** 2).mean()": "squared",
        "rows.mean() + columns.mean()": "signed",
        "rows.abs().mean()": "vertical-only",
        "(rows.abs().sum() + columns.abs().sum()) / img.numel()": "sum-per-pixel",
        "rows.abs().mean() + columns.abs().mean() + 1e-2": "value",
        "float(rows.abs().mean() + columns.abs().mean())": "no-tensor",
        "(rows.abs().mean() + columns.abs().mean()).detach()": "no-gradient",
        "rows.abs().mean((1, 2, 3)) + columns.abs().mean((1, 2, 3))": "not-scalar",
        "rows.abs().mean() + columns.abs().mean().detach()": "wrong-gradient",
        "(rows.abs().mean() + columns.abs().mean()).float().double().half()": "rounded",
    }.items(),
)
def test_wrong_variations_are_named(expression: str, expected: str) -> None:
    assert fault("a1-tv", tv(expression)) == expected


def test_error_names_the_students_line() -> None:
    (finding,) = findings("a1-tv", tv("rows + columns"))
    assert finding.fault == "error-shape"
    assert "RuntimeError" in finding.found and "return rows + columns" in finding.found
    assert findings("a1-tv", "x = 1")[0].fault == "missing"
