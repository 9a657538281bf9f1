"""Check of the constructor of VGG16PerceptualLoss (Aufgabe 1): pretrained layers up to relu3_3, and no more."""

import math
from collections.abc import Sequence

import torch

from srcourse.checks.faults import parse
from srcourse.checks.finding import Finding
from srcourse.checks.judge import failure_finding
from srcourse.checks.losses import input_size, loss_outcomes, value_fault, values_agree
from srcourse.checks.perceptual import LAYERS, NAME, deepest, kept_depths, possible, pretrained, registered
from srcourse.checks.perceptual_hints import LAYER_NAMES
from srcourse.checks.reference import Reference
from srcourse.checks.submission import Description, Submission


def check_vgg_init(submission: Submission, reference: Reference) -> list[Finding]:
    """Check the constructor: pretrained layers up to relu3_3, frozen, in evaluation mode."""
    description = submission.describe(NAME)
    if description.failure:
        return [failure_finding("a1-vgg-init", f"{NAME}()", description.failure)]
    return _layers(submission, reference, description) or _frozen(description) or _evaluating(description)


def _layers(submission: Submission, reference: Reference, description: Description) -> list[Finding]:
    """Return a finding unless the network computes relu3_3 of the pretrained VGG16.

    The modules are asked first, whatever they are called and however they are stored. Where they compute something else, what
    forward gives tells more: it may take a part of a larger network, or use weights without modules.
    """
    (probe,) = reference.cases("a1-vgg-init")
    kept = kept_depths(submission, description, probe)
    if str(LAYERS) in kept:
        return _more_than_needed(description)
    state = pretrained(description)
    if not kept and state and kept_depths(submission, description, probe, state):
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
        takes_part = used is not None and used not in kept and deepest(kept) > LAYERS
        return [_extra_layers(description)] if takes_part else [_wrong_depth(kept[0])]
    if used in (None, "0"):
        return [
            Finding(
                "a1-vgg-init", "no-vgg", f"eine Schichtenfolge, die aus einem Bild {LAYER_NAMES[LAYERS]} von VGG16 berechnet",
                f"keine; gefunden: {_kinds(description)}",
                "Bauen Sie das Netz mit torchvision.models.vgg16 und legen Sie den Teil von features, den Sie brauchen, als "
                "Attribut ab (self.… = …).",
            )
        ]  # fmt: skip
    if not registered(description):
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
        "a1-vgg-init", "extra-layers", f"genau die Schichten bis einschließlich {LAYER_NAMES[LAYERS]}",
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
    fault = value_fault(outcomes, cases, lambda fault: possible(fault, kept))
    return parse(fault)["layers"] if fault else None


def _wrong_depth(layers: str) -> Finding:
    if not layers.isdigit():
        return Finding(
            "a1-vgg-init", f"layers={layers}", f"{LAYERS} Schichten von features, bis {LAYER_NAMES[LAYERS]}",
            "eine einzelne ReLU" if layers == "relu" else "mehrere Ausschnitte",
            "features[n] ist eine einzige Schicht, features[:n] sind alle davor. Was braucht ein Bild, um bis relu3_3 zu kommen?",
        )  # fmt: skip
    depth = int(layers)
    name = LAYER_NAMES.get(depth)
    named = f" ({name})" if name else ""
    return Finding(
        "a1-vgg-init", f"layers={depth}", f"{LAYERS} Schichten von features, bis {LAYER_NAMES[LAYERS]}",
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


def _kinds(description: Description) -> str:
    kinds: Sequence[str] = [module.kind for module in description.modules if module.leaf and module.path]
    if not kinds:
        return "ein Modul ohne Schichten (was in einer Python-Liste liegt, sieht PyTorch nicht)"
    listed = ", ".join(kinds[:6])
    return f"{len(kinds)} Schichten ({listed}{', …' if len(kinds) > 6 else ''})"
