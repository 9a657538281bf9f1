"""Checks of VGG16PerceptualLoss (Aufgabe 1): the constructor and forward, charged apart.

A misconception is written as ``"layers=9 distance=l1 resize=bilinear normalize=no"``: how many layers of
``features`` run, how the feature maps are compared, how pictures are brought to 224x224, and whether they are
changed once more. ``layers=relu`` is a ReLU alone, ``layers=4+9`` the sum of two comparisons.

The constructor is charged for the layers that it keeps, forward for running others than those: whoever keeps more than is
needed can still choose the right ones in forward.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from srcourse.checks.faults import parse, right_apart_from
from srcourse.checks.finding import Finding
from srcourse.checks.judge import agree, failure_finding
from srcourse.checks.losses import (
    broken_loss,
    input_size,
    judge_loss,
    loss_outcomes,
    value_fault,
    values_agree,
)
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
    "signed": "Positive und negative Differenzen heben sich bei Ihnen auf. Was muss mit jeder einzelnen geschehen, bevor "
    "gemittelt "
    "wird?",
    "mse-per-image": "Sie summieren Quadrate je Bild. Verlangt ist der Mittelwert der Beträge.",
    "l2-norm-per-image": "Das ist je Bild die euklidische Norm der Differenz. Verlangt ist der Mittelwert der Beträge.",
    "l2-norm-of-channels": "Das ist an jeder Stelle die euklidische Norm über die Kanäle. Verlangt ist der Mittelwert der "
    "Beträge, jeder Wert für sich.",
    "cosine": "Das ist ein Abstand aus der Kosinus-Ähnlichkeit. Verlangt ist der Mittelwert der Beträge der Differenz.",
    "cosine-of-images": "Das ist ein Abstand aus der Kosinus-Ähnlichkeit. Verlangt ist der Mittelwert der Beträge der Differenz.",
    "unit-l1": "Sie bringen die Feature-Maps vor dem Vergleich auf die Länge 1. Verglichen werden sie so, wie das Netz sie "
    "ausgibt.",
    "unit-mse": "Sie bringen die Feature-Maps auf die Länge 1 und quadrieren. Verlangt ist der Mittelwert der Beträge ihrer "
    "Differenz, so wie das Netz sie ausgibt.",
    "gram-l1": "Sie vergleichen Gram-Matrizen; die beschreiben den Stil eines Bildes. Verlangt ist der Vergleich der "
    "Feature-Maps "
    "selbst, Stelle für Stelle.",
    "gram-mse": "Sie vergleichen Gram-Matrizen; die beschreiben den Stil eines Bildes. Verlangt ist der Vergleich der "
    "Feature-Maps selbst, Stelle für Stelle.",
    "pooled": "Sie mitteln jede Feature-Map, bevor Sie vergleichen. In welcher Reihenfolge kommen Differenz, Betrag und "
    "Mittelwert?",
    "batch-pooled": "Sie mitteln über die Bilder, bevor Sie vergleichen. In welcher Reihenfolge kommen Differenz, Betrag und "
    "Mittelwert?",
    "max": "Das ist die größte Abweichung. Verlangt ist der Mittelwert aller Beträge.",
    "first-image": "Ihr Wert hängt allein vom ersten Bild ab. Gemittelt wird über alle Bilder des Stapels.",
    "last-image": "Ihr Wert hängt allein vom letzten Bild ab. Gemittelt wird über alle Bilder des Stapels.",
    "mean-over-images-twice": "Sie teilen einmal zu oft durch die Zahl der Bilder. Worüber mittelt mean() schon?",
    "sum-over-images": "Ihr Wert wächst mit der Zahl der Bilder. Gemittelt wird auch über den Stapel.",
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
    "antialias-bicubic": "Sie bringen die Bilder bikubisch auf 224×224. Verlangt ist bilinear.",
    "nearest-exact": "Sie bringen die Bilder mit „nearest-exact“ auf 224×224. Verlangt ist bilinear.",
    "area": "Sie bringen die Bilder mit „area“ auf 224×224. Verlangt ist bilinear.",
    "256": "Sie bringen die Bilder auf 256×256. Welche Größe ist verlangt?",
    "128": "Sie bringen die Bilder auf 128×128. Welche Größe ist verlangt?",
    "299": "Sie bringen die Bilder auf 299×299. Welche Größe ist verlangt?",
    "shorter-side": "Sie bringen nur die kürzere Seite auf 224 Pixel. Welche Form haben die Bilder danach, und welche sollen sie "
    "haben?",
    "shorter-side-cropped": "Sie bringen die kürzere Seite auf 224 Pixel und schneiden den Rest ab. Welcher Teil der Bilder wird "
    "dann nie verglichen?",
    "proportional-to-height": "Sie bringen die Höhe auf 224 Pixel und behalten das Seitenverhältnis. Welche Form haben die Bilder "
    "danach, und welche sollen sie haben?",
    "proportional-to-width": "Sie bringen die Breite auf 224 Pixel und behalten das Seitenverhältnis. Welche Form haben die Bilder "
    "danach, und welche sollen sie haben?",
    "proportional-to-shorter": "Sie bringen nur die kürzere Seite auf 224 Pixel. Welche Form haben die Bilder danach, und welche "
    "sollen sie haben?",
    "cropped": "Sie schneiden 224×224 Pixel aus. Gefragt ist eine andere Größe des ganzen Bildes.",
}
_NORMALIZES = {
    "again": "Die Bilder sind schon ImageNet-normalisiert; Sie normalisieren sie ein zweites Mal.",
    "undone": "Sie machen die Normalisierung rückgängig. VGG16 erwartet die Bilder so, wie sie hereinkommen.",
    "halved": "Sie rechnen (x + 1) / 2. Die Bilder sind schon so normalisiert, wie VGG16 sie erwartet.",
    "255": "Sie rechnen auf 0 bis 255 um. Die Bilder sind schon so normalisiert, wie VGG16 sie erwartet.",
    "clamped": "Sie begrenzen die Werte. ImageNet-normalisierte Bilder haben andere als 0 bis 1: Was geht dabei verloren?",
    "gray": "Sie machen die Bilder grau. VGG16 erwartet sie so, wie sie hereinkommen.",
    "flipped": "Sie vertauschen die Farbkanäle (RGB und BGR). VGG16 erwartet sie so, wie sie hereinkommen.",
}


def check_vgg_init(submission: Submission, reference: Reference) -> list[Finding]:
    """Check the constructor: pretrained layers up to relu3_3, frozen, in evaluation mode."""
    description = submission.describe(NAME)
    if description.failure:
        return [failure_finding("a1-vgg-init", f"{NAME}()", description.failure)]
    return _layers(submission, reference, description) or _frozen(description) or _evaluating(description)


def check_vgg_forward(submission: Submission, reference: Reference) -> list[Finding]:
    """Check forward: size, comparison and gradients, whatever layers the constructor keeps."""
    what, inputs, cases = f"{NAME}()(output, target)", ["output", "target"], reference.cases("a1-vgg-forward")
    outcomes = loss_outcomes(submission, NAME, inputs, cases)
    broken = broken_loss("a1-vgg-forward", what, submission, NAME, inputs, cases, outcomes)
    if broken:
        return broken
    kept: Sequence[str] = ()
    if not values_agree(outcomes, cases):
        description = submission.describe(NAME)
        (probe,) = reference.cases("a1-vgg-init")
        kept = _kept(submission, description, probe)
        state = _pretrained(description)
        if not kept and state:
            # With the real weights in place, a constructor that forgot them is not charged twice.
            kept = _kept(submission, description, probe, state)
            outcomes = loss_outcomes(submission, NAME, inputs, cases, state)
    found = judge_loss(
        "a1-vgg-forward",
        what,
        cases,
        outcomes,
        _forward_hint,
        "Gehen Sie die Schritte der Reihe nach durch: beide Bilder auf 224×224, Netz, Betrag der Differenz, Mittelwert. Geben "
        "Sie nach jedem die Form aus: Nach dem Netz sind es (N, 256, 56, 56).",
        forgiven=lambda fault: _charged_before(fault, kept) and right_apart_from(fault, RIGHT, ("layers",)),
        among=lambda fault: _possible(fault, kept),
        first=lambda fault: right_apart_from(fault, RIGHT, ("distance",)),
        without_dimensions=True,
    )
    return found or _types(submission, cases)


def _charged_before(fault: str, kept: Sequence[str]) -> bool:
    """Return whether the constructor pays for the layers of a misconception: it keeps no others."""
    layers = parse(fault)["layers"]
    if _with_pixels(layers) or str(LAYERS) in kept:
        return False
    return layers in kept or not kept


def _possible(fault: str, kept: Sequence[str]) -> bool:
    """Return whether forward can run the layers of a misconception with what the constructor keeps."""
    return not kept or _deepest([parse(fault)["layers"]]) <= _deepest(kept)


def _deepest(layers: Sequence[str]) -> int:
    return max(int(one) if one.isdigit() else 0 for some in layers for one in some.split("+"))


def _with_pixels(layers: str) -> bool:
    return not {"0", "pixels"}.isdisjoint(layers.split("+"))


def _forward_hint(fault: str) -> str:
    choices = parse(fault)
    if choices["layers"] == "0":
        return "Ihr Wert ist ein Vergleich der Bildpunkte selbst: Die Bilder gehen nicht durch das Netz."
    if choices["distance"] != "l1":
        return _DISTANCES[choices["distance"]]
    if choices["resize"] != "bilinear":
        return _RESIZES[choices["resize"]]
    if choices["normalize"] != "no":
        return _NORMALIZES[choices["normalize"]]
    if _with_pixels(choices["layers"]):
        return "Zu Ihrem Vergleich der Feature-Maps kommt einer der Bildpunkte selbst hinzu. Was vergleicht der Perceptual Loss?"
    if "+" in choices["layers"]:
        return (
            "Ihr Wert ist eine Summe aus Vergleichen nach mehreren Schichten. Wie viele verlangt die Aufgabe?"
        )
    if not choices["layers"].isdigit():
        return (
            "In forward rechnen Sie nur mit einer einzelnen Schicht. Welche Schichten davor gehören zum Netz?"
        )
    end = _LAYER_NAMES.get(int(choices["layers"]), "mitten in einem Block")
    return (
        f"In forward rechnen Sie nur mit {choices['layers']} der Schichten aus Ihrem Konstruktor ({end}). Wie weit soll ein Bild "
        "durch das Netz gehen?"
    )


def _types(submission: Submission, cases: Sequence[Case]) -> list[Finding]:
    """Return a finding if forward settles on one type of numbers.

    Empty stacks cost nothing, and PyTorch complains about mixed types all the same.
    """
    state = submission.describe(NAME)
    if not _registered(state):
        return []  # what is kept in a list does not move to another type, and the constructor pays for that
    empty = torch.zeros(0, 3, 48, 40)
    if submission.call(NAME, [empty, empty]).value is None:
        # An answer that goes through the pictures one by one has no mean of none.
        empty = next(iter(cases[0].inputs.values()))[:1, :, :48, :40]
    found = submission.call(NAME, [empty.double(), empty.double()])
    if found.value is not None and found.value.dtype == torch.float64:
        return []
    return [
        Finding(
            "a1-vgg-forward", "fixed-type", "forward rechnet in dem Datentyp, den Bilder und Modul haben",
            found.failure.text if found.failure else "das Ergebnis hat einen anderen Datentyp",
            "Für die Genauigkeit sorgt später das Training. Welche Ihrer Zeilen nennt einen Datentyp, etwa mit .float(), "
            ".to(torch.float32) oder torch.tensor(…)?",
        )
    ]  # fmt: skip


def _layers(submission: Submission, reference: Reference, description: Description) -> list[Finding]:
    """Return a finding unless the network computes relu3_3 of the pretrained VGG16.

    The modules are asked first, whatever they are called and however they are stored. Where they compute something else, what
    forward gives tells more: it may take a part of a larger network, or use weights without modules.
    """
    (probe,) = reference.cases("a1-vgg-init")
    kept = _kept(submission, description, probe)
    if str(LAYERS) in kept:
        return _more_than_needed(description)
    state = _pretrained(description)
    if not kept and state and _kept(submission, description, probe, state):
        return [
            Finding(
                "a1-vgg-init", "random-weights", "die auf ImageNet gelernten Gewichte", "Schichten von VGG16 mit anderen "
                "Gewichten",
                "Von sich aus baut torchvision das Netz mit zufälligen Gewichten. Welches Argument von vgg16 wählt die "
                "gelernten?",
            )
        ]  # fmt: skip
    used = _used(submission, reference, kept)
    if kept:
        takes_part = used is not None and used not in kept and _deepest(kept) > LAYERS
        return [_extra_layers(description)] if takes_part else [_wrong_depth(kept[0])]
    if used in (None, "0"):
        return [
            Finding(
                "a1-vgg-init", "no-vgg", f"eine Schichtenfolge, die aus einem Bild {_LAYER_NAMES[LAYERS]} von VGG16 berechnet",
                f"keine; gefunden: {_kinds(description)}",
                "Bauen Sie das Netz mit torchvision.models.vgg16 und legen Sie den Teil von features, den Sie brauchen, als "
                "Attribut ab (self.… = …).",
            )
        ]  # fmt: skip
    if not _registered(description):
        return [
            Finding(
                "a1-vgg-init", "unregistered", "das Teilnetz ist ein Teil des Moduls, wie es eine Schicht als Attribut wird",
                f"forward rechnet mit VGG16, aber im Modul liegt davon nichts: {_kinds(description)}",
                "PyTorch findet nur, was als Modul an self hängt, nicht was in einer Liste, einem Wörterbuch oder einer globalen "
                "Variablen liegt. Alles andere bleibt zurück, wenn das Modul umzieht.",
            )
        ]  # fmt: skip
    return _more_than_needed(description) if used == str(LAYERS) else [_wrong_depth(str(used))]


def _more_than_needed(description: Description) -> list[Finding]:
    """Return a finding if weights of VGG16 that relu3_3 does not depend on belong to the module."""
    from torchvision.models import vgg16

    with torch.device("meta"):
        everything = [tuple(tensor.shape) for tensor in vgg16(init_weights=False).parameters()]
    # Each convolution has a weight and a bias.
    convolutions = 7
    further = set(everything[2 * convolutions :]) - set(everything[: 2 * convolutions])
    return [] if further.isdisjoint(description.state.values()) else [_extra_layers(description)]


def _extra_layers(description: Description) -> Finding:
    parameters = [*description.trainable, *description.frozen]
    count = sum(math.prod(description.state[name]) for name in parameters) / 1e6
    return Finding(
        "a1-vgg-init", "extra-layers", f"genau die Schichten bis einschließlich {_LAYER_NAMES[LAYERS]}",
        f"auch Schichten dahinter; zusammen {count:.1f} Millionen Parameter".replace(".", ","),
        "Was forward nicht braucht, liegt trotzdem im Speicher und zieht mit um, wenn der Verlust auf die GPU wandert. Wo muss "
        "der Ausschnitt stehen, damit nur er behalten wird?",
    )  # fmt: skip


def _used(submission: Submission, reference: Reference, kept: Sequence[str]) -> str | None:
    """Return after which layers forward compares, as far as its value tells."""
    cases = [min(reference.cases("a1-vgg-forward"), key=input_size)]
    outcomes = loss_outcomes(submission, NAME, ["output", "target"], cases)
    if values_agree(outcomes, cases):
        return str(LAYERS)
    fault = value_fault(outcomes, cases, lambda fault: _possible(fault, kept))
    return parse(fault)["layers"] if fault else None


def _registered(description: Description) -> bool:
    """Return whether the weights of all layers that are needed belong to the module."""
    from srcourse.weights import vgg16_features

    found = list(description.state.values())
    needed = [tuple(tensor.shape) for tensor in vgg16_features(LAYERS).state_dict().values()]
    return all(found.count(shape) >= needed.count(shape) for shape in needed)


def _kept(
    submission: Submission, description: Description, probe: Case, state: Mapping[str, Tensor] | None = None
) -> list[str]:
    """Return which depths of VGG16 the submission's modules compute, all layers in a row first."""
    paths = [ALL_LAYERS, *(module.path for module in description.modules if module.path and not module.leaf)]
    if not any(module.leaf and module.path for module in description.modules):
        return []
    outcomes = submission.probe(NAME, paths, probe.inputs["img"], state=state)
    known = {str(LAYERS): probe.expected} | {
        parse(fault)["layers"]: out for fault, out in probe.faults().items()
    }
    return [depth for path in paths for depth, outputs in known.items() if _is(outcomes[path], outputs)]


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


def _wrong_depth(layers: str) -> Finding:
    if not layers.isdigit():
        return Finding(
            "a1-vgg-init", f"layers={layers}", f"{LAYERS} Schichten von features, bis {_LAYER_NAMES[LAYERS]}",
            "eine einzelne ReLU" if layers == "relu" else "mehrere Ausschnitte",
            "features[n] ist eine einzige Schicht, features[:n] sind alle davor. Was braucht ein Bild, um bis relu3_3 zu kommen?",
        )  # fmt: skip
    depth = int(layers)
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
    if description.frozen:
        return [
            Finding(
                "a1-vgg-init", "partly-frozen", "alle Parameter sind eingefroren",
                f"{len(description.trainable)} von {len(description.trainable) + len(description.frozen)} Parameter-Tensoren "
                f"verlangen noch einen Gradienten, der erste ist {description.trainable[0]}",
                "Einen Teil haben Sie schon eingefroren. Welche Parameter hat Ihre Zeile nicht erreicht?",
            )
        ]  # fmt: skip
    return [
        Finding(
            "a1-vgg-init", "not-frozen", "alle Parameter sind eingefroren",
            f"{len(description.trainable)} Parameter-Tensoren verlangen noch einen Gradienten (requires_grad=True)",
            "Der Verlust soll messen, nicht lernen. Wie sagt man PyTorch, dass ein Parameter sich nicht ändert? eval() sagt es "
            "nicht, torch.no_grad() gilt nur in seinem Block, und jeder Aufruf von vgg16(…) baut ein neues Netz: Gilt Ihre Zeile "
            "den Parametern des Netzes, das Sie behalten?",
        )
    ]  # fmt: skip


def _evaluating(description: Description) -> list[Finding]:
    # A layer without weights beside the network, such as nn.L1Loss(), has no modes that matter; nor has a module that
    # holds weights alone.
    inside = {module.path for module in description.modules if "." not in module.path and module.state} - {""}
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
