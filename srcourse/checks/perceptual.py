"""Checks of VGG16PerceptualLoss (Aufgabe 1): the constructor and forward, charged apart.

A misconception is written as ``"layers=9 distance=l1 resize=bilinear normalize=no"``: how many layers of
``features`` run, how the feature maps are compared, how pictures are brought to 224x224, and whether they are
normalised once more. The number of layers is the constructor's business, all the rest is forward's.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import torch.nn.functional as F
from torch import Tensor

from srcourse.checks.faults import parse, right_apart_from
from srcourse.checks.finding import Finding
from srcourse.checks.judge import agree, failure_finding
from srcourse.checks.losses import answered, judge_loss, loss_outcomes, value_faults, values_agree
from srcourse.checks.reference import Case, Reference
from srcourse.checks.submission import ALL_LAYERS, Description, Outcome, Submission

NAME = "VGG16PerceptualLoss"
LAYERS = 16
RIGHT = {"layers": str(LAYERS), "distance": "l1", "resize": "bilinear", "normalize": "no"}

_LAYER_NAMES = {
    4: "relu1_2", 5: "die Poolingschicht nach relu1_2", 9: "relu2_2", 10: "die Poolingschicht nach relu2_2",
    14: "relu3_2", 15: "conv3_3 ohne die ReLU dahinter", 16: "relu3_3", 17: "die Poolingschicht nach relu3_3",
    23: "relu4_3", 30: "relu5_3", 31: "das Ende von features",
}  # fmt: skip
_DISTANCES = {
    "mse": "Sie quadrieren die Differenzen der Feature-Maps (L2). Verlangt ist der Mittelwert der Beträge (L1).",
    "l1-sum": "Sie summieren die Beträge. Verlangt ist der Mittelwert über alle Werte der Feature-Maps.",
    "mse-sum": "Sie summieren Quadrate. Verlangt ist der Mittelwert der Beträge.",
    "rmse": "Sie ziehen die Wurzel aus dem mittleren Quadrat. Verlangt ist der Mittelwert der Beträge.",
    "l2-norm": "Das ist die euklidische Norm der Differenz. Verlangt ist der Mittelwert der Beträge.",
    "smooth-l1": "Das ist die geglättete L1-Distanz. Verlangt ist der einfache Mittelwert der Beträge.",
    "signed": "Ohne Beträge heben sich positive und negative Differenzen auf.",
    "pixel-l1": "Ihr Wert ist ein Vergleich der Bildpunkte selbst: Die Bilder gehen nicht durch das Netz.",
    "l1-per-image": "Sie summieren je Bild und mitteln nur über die Bilder. Verlangt ist der Mittelwert über alle Werte.",
}
_RESIZES = {
    "none": "Die Bilder gehen in ihrer eigenen Größe durch das Netz. Welcher Schritt davor ist verlangt?",
    "align-corners": "Die Größe stimmt, aber Sie vergrößern mit align_corners=True. Lesen Sie den ersten Schritt der Aufgabe "
    "noch einmal.",
    "nearest": "Sie bringen die Bilder mit „nearest“ auf 224×224 (das ist die Voreinstellung). Verlangt ist bilinear.",
    "bicubic": "Sie bringen die Bilder bikubisch auf 224×224. Verlangt ist bilinear.",
    "antialias": "Sie verkleinern mit Antialiasing (etwa mit transforms.Resize). Verlangt ist die einfache bilineare "
    "Interpolation.",
    "256": "Sie bringen die Bilder auf 256×256. Verlangt sind 224×224.",
}
_NORMALIZES = {
    "again": "Die Bilder sind schon ImageNet-normalisiert; Sie normalisieren sie ein zweites Mal.",
    "undone": "Sie machen die Normalisierung rückgängig. VGG16 erwartet die Bilder so, wie sie hereinkommen.",
}


def check_vgg_init(submission: Submission, reference: Reference) -> list[Finding]:
    """Check the constructor: pretrained layers up to relu3_3, frozen, in evaluation mode."""
    description = submission.describe(NAME)
    if description.failure:
        return [failure_finding("a1-vgg-init", f"{NAME}()", description.failure)]
    return _layers(submission, reference, description) or _frozen(description) or _evaluating(description)


def check_vgg_forward(submission: Submission, reference: Reference) -> list[Finding]:
    """Check forward: size, comparison and gradients, whatever layers the constructor holds."""
    cases = reference.cases("a1-vgg-forward")
    outcomes = loss_outcomes(submission, NAME, ["output", "target"], cases)
    broken = any(outcome.failure for outcome in outcomes.values())
    if not broken and not values_agree(outcomes, cases):
        # With the real weights in place, a constructor that forgot them is not charged twice.
        description = submission.describe(NAME)
        state = _pretrained(description)
        if state:
            loaded = loss_outcomes(submission, NAME, ["output", "target"], cases, state)
            if values_agree(loaded, cases) or value_faults(loaded, cases):
                outcomes = loaded
    return judge_loss(
        "a1-vgg-forward",
        f"{NAME}()(output, target)",
        answered(cases, outcomes),
        outcomes,
        _forward_hint,
        "Gehen Sie die Schritte der Reihe nach durch: beide Bilder auf 224×224, Netz, Betrag der Differenz, Mittelwert. Geben "
        "Sie nach jedem die Form aus: Nach dem Netz sind es (N, 256, 56, 56).",
        forgiven=lambda fault: right_apart_from(fault, RIGHT, ("layers",)),
    )


def _forward_hint(fault: str) -> str:
    choices = parse(fault)
    if choices["distance"] != "l1":
        return _DISTANCES[choices["distance"]]
    if choices["resize"] != "bilinear":
        return _RESIZES[choices["resize"]]
    return _NORMALIZES[choices["normalize"]]


def _layers(submission: Submission, reference: Reference, description: Description) -> list[Finding]:
    """Return a finding unless the network computes relu3_3 of the pretrained VGG16.

    What forward gives tells most, whatever the layers are called and however they are stored. Before forward is written,
    or if it is wrong beyond recognition, the modules themselves are asked.
    """
    cases = reference.cases("a1-vgg-forward")
    outcomes = loss_outcomes(submission, NAME, ["output", "target"], cases)
    depths: list[int] = []
    if not any(outcome.failure for outcome in outcomes.values()):
        if values_agree(outcomes, cases):
            return []
        depths = [int(parse(fault)["layers"]) for fault in value_faults(outcomes, cases)]
    if not depths:
        (probe,) = reference.cases("a1-vgg-init")
        depths = _probed_depths(submission, description, probe)
    if LAYERS in depths:
        return []
    if depths:
        return [_wrong_depth(depths[0])]
    state = _pretrained(description)
    if state and _probed_depths(submission, description, reference.cases("a1-vgg-init")[0], state):
        return [
            Finding(
                "a1-vgg-init", "random-weights", "die auf ImageNet gelernten Gewichte", "Schichten von VGG16 mit anderen "
                "Gewichten",
                "Von sich aus baut torchvision das Netz mit zufälligen Gewichten. Welches Argument von vgg16 wählt die "
                "gelernten?",
            )
        ]  # fmt: skip
    return [
        Finding(
            "a1-vgg-init", "no-vgg", f"eine Schichtenfolge, die aus einem Bild {_LAYER_NAMES[LAYERS]} von VGG16 berechnet",
            f"keine; gefunden: {_kinds(description)}",
            "Bauen Sie das Netz mit torchvision.models.vgg16 und legen Sie den Teil von features, den Sie brauchen, als Attribut "
            "ab (self.… = …).",
        )
    ]  # fmt: skip


def _probed_depths(
    submission: Submission, description: Description, probe: Case, state: Mapping[str, Tensor] | None = None
) -> list[int]:
    """Return which depths of VGG16 the submission's modules compute, all layers in a row first."""
    paths = [ALL_LAYERS, *(module.path for module in description.modules if module.path and not module.leaf)]
    outcomes = submission.probe(NAME, paths, probe.inputs["img"], state=state)
    depths = []
    for path in paths:
        found = outcomes[path]
        if _is(found, probe.expected):
            depths.append(LAYERS)
        depths += [
            int(parse(fault)["layers"]) for fault, outputs in probe.faults().items() if _is(found, outputs)
        ]
    return depths


def channel_means(maps: Tensor) -> Tensor:
    """Return the mean of each channel of (N, C, H, W), filled up with zeros to VGG16's largest C, 512.

    That tells one depth from another, and takes little room.
    """
    means = maps.mean(dim=(0, 2, 3))
    return F.pad(means, (0, 512 - len(means)))


def _is(outcome: Outcome, outputs: Mapping[str, Tensor]) -> bool:
    value = outcome.value
    if value is None or value.ndim != 4 or value.shape[1] > 512:
        return False
    return agree(channel_means(value), outputs["features"])


def _wrong_depth(depth: int) -> Finding:
    name = _LAYER_NAMES.get(depth)
    named = f" ({name})" if name else ""
    return Finding(
        "a1-vgg-init", f"layers={depth}", f"{LAYERS} Schichten von features, bis {_LAYER_NAMES[LAYERS]}",
        f"{depth} {'Schicht' if depth == 1 else 'Schichten'}{named}",
        "Suchen Sie relu3_3 im Bild von VGG16 und lesen Sie seinen Index ab. In einem Ausschnitt [:n] ist die Schicht n nicht "
        "mehr enthalten.",
    )  # fmt: skip


def _frozen(description: Description) -> list[Finding]:
    if not description.trainable:
        return []
    return [
        Finding(
            "a1-vgg-init", "not-frozen", "alle Parameter sind eingefroren",
            f"{len(description.trainable)} Parameter-Tensoren verlangen noch einen Gradienten (requires_grad=True)",
            "Der Verlust soll messen, nicht lernen. Wie sagt man PyTorch, dass ein Parameter sich nicht ändert?",
        )
    ]  # fmt: skip


def _evaluating(description: Description) -> list[Finding]:
    # A layer without weights beside the network, such as nn.L1Loss(), has no modes that matter.
    inside = {module.path for module in description.modules if module.path.count(".") == 0 and module.state}
    layers = [module for module in description.modules if module.leaf and module.path.split(".")[0] in inside]
    if not any(module.training for module in layers):
        return []
    return [
        Finding(
            "a1-vgg-init", "training-mode", "VGG16 ist im Auswertungsmodus", "die Schichten sind im Trainingsmodus",
            "Ein neu gebautes Netz ist im Trainingsmodus. Welche Methode von nn.Module schaltet um?",
        )
    ]  # fmt: skip


def _pretrained(description: Description) -> dict[str, Tensor]:
    """Return VGG16's weights under the submission's names: tensors of the same shape, in their order."""
    from srcourse.weights import vgg16_features

    waiting: dict[tuple[int, ...], list[Tensor]] = defaultdict(list)
    for tensor in vgg16_features(31).state_dict().values():
        waiting[tuple(tensor.shape)].append(tensor)
    state = {}
    for name, shape in description.state.items():
        if waiting[shape]:
            state[name] = waiting[shape].pop(0)
    return state


def _kinds(description: Description) -> str:
    kinds: Sequence[str] = [module.kind for module in description.modules if module.leaf and module.path]
    if not kinds:
        return "ein Modul ohne Schichten (was in einer Python-Liste liegt, sieht PyTorch nicht)"
    listed = ", ".join(kinds[:6])
    return f"{len(kinds)} Schichten ({listed}{', …' if len(kinds) > 6 else ''})"
