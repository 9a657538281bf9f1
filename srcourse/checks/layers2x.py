"""What the constructor of Upscale2x made, held against the plan, layer by layer."""

from collections import Counter

from torch import Tensor, nn

from srcourse.blocks import ResNetBlock
from srcourse.checks.finding import Finding
from srcourse.checks.judge import agree
from srcourse.checks.networks import convolutions, unregistered_finding
from srcourse.checks.parts2x import KERNEL, blocks, last_convolution, shuffle_factor, shuffle_probe
from srcourse.checks.seeded import float_shapes, seeded_state, seeded_values
from srcourse.checks.submission import Description, Submission

NAME = "Upscale2x"
_TITLES = (
    "ResNetBlock 3→16",
    "ResNetBlock 16→32",
    "ResNetBlock 32→64",
    "ResNetBlock 64→128",
    "die letzte Faltung 32→3",
)


def layers_finding(submission: Submission, description: Description) -> Finding | None:
    """Return a finding unless the network holds the five parts with weights, a rearrangement by two at most, and no more."""
    grade_id = "a2-init"
    problem = unregistered_finding(grade_id, description.unregistered)
    if problem:
        return problem
    if not description.state:
        return Finding(
            grade_id, "no-parameters", "vier ResNetBlocks und eine Faltung", "ein Netz ohne Parameter",
            "Legen Sie Schichten mit self.… = … ab. In einer gewöhnlichen Python-Liste sieht PyTorch sie nicht; dafür gibt "
            "es nn.Sequential und nn.ModuleList.",
        )  # fmt: skip
    parts = [*blocks(), last_convolution()]
    for title, part in zip(_TITLES, parts, strict=True):
        problem = _part_finding(submission, description, title, part)
        if problem:
            return problem
    extra = _extra(description, parts)
    return extra_finding(extra) if extra else _shuffle(submission, description)


def extra_finding(extra: str) -> Finding:
    """Return the finding for layers that the plan does not have, named in German."""
    return Finding(
        "a2-init", "extra-layers", "vier ResNetBlocks und eine Faltung, mehr nicht", f"außerdem {extra}",
        "Vergleichen Sie Ihre Liste von Schichten mit dem Bild des Netzes.",
    )  # fmt: skip


def _part_finding(
    submission: Submission, description: Description, title: str, part: nn.Module
) -> Finding | None:
    """Return a finding unless some module inside the network has the weights of ``part`` and computes the same."""
    wanted = Counter(float_shapes(part).values())
    paths = [module.path for module in description.modules if Counter(module.state.values()) == wanted]
    part.load_state_dict(seeded_state(float_shapes(part), 1), strict=False)
    value = seeded_values((1, next(part.parameters()).shape[1], 9, 8), 2)
    expected: Tensor = part.eval()(value).detach()
    found = submission.probe(NAME, paths, value, state=seeded_state(description.state, 1)) if paths else {}
    if any(agree(outcome.value, expected) for outcome in found.values()):
        return None
    shapes = [tuple(outcome.value.shape) for outcome in found.values() if outcome.value is not None]
    if shapes and tuple(expected.shape) not in shapes:
        return Finding(
            "a2-init", "padding", f"{title}, nach der Höhe und Breite dieselben sind",
            f"eine Schicht, die aus (1, {value.shape[1]}, 9, 8) die Form {shapes[0]} macht",
            "Ein Kernel der Größe k ragt am Rand (k-1)/2 Pixel über das Bild hinaus. Was müssen Sie der Schicht dazu sagen?",
        )  # fmt: skip
    if shapes:
        return Finding(
            "a2-init", "wrong-layer", title, "eine Schicht mit denselben Gewichten, die aber etwas anderes rechnet",
            "Vergleichen Sie die Art der Schicht und alle Angaben, auch padding_mode und dilation, mit der Aufgabe.",
        )  # fmt: skip
    return _missing(title, part, description)


def _shuffle(submission: Submission, description: Description) -> Finding | None:
    """Return a finding if the network holds a rearrangement that does not double the size; it has no weights."""
    paths = [module.path for module in description.modules if module.leaf and not module.state]
    value = shuffle_probe()
    for outcome in submission.probe(NAME, paths, value).values():
        factor = shuffle_factor(outcome.value, value)
        if factor not in (None, 2):
            return Finding(
                "a2-init", "shuffle-factor", "PixelShuffle macht aus (1, 128, 2, 2) die Form (1, 32, 4, 4)",
                f"eine Schicht, die Höhe und Breite {factor}-fach macht",
                "Die Zahl in PixelShuffle(r) ist der Faktor, um den Höhe und Breite wachsen.",
            )  # fmt: skip
    return None


def _missing(title: str, part: nn.Module, description: Description) -> Finding:
    """Say what is there instead of a part, as far as the shapes of the weights tell."""
    outgoing, incoming = next(shape[:2] for shape in float_shapes(part).values() if len(shape) == 4)
    same = [
        shape
        for shape in convolutions(description)
        if shape[:2] == (outgoing, incoming) and shape[2:] != (1, 1)
    ]
    if same and same[0][2:] != (KERNEL, KERNEL):
        found = f"eine Faltung {incoming}→{outgoing} mit einem Kernel von {same[0][2]}×{same[0][3]}"
        hint = "Welche Kernelgröße nennt die Aufgabe?"
        if isinstance(part, ResNetBlock):
            hint += " ResNetBlock hat eine andere Voreinstellung."
        return Finding("a2-init", "kernel-size", f"{title} mit Kernelgröße {KERNEL}", found, hint)
    if same and not isinstance(part, ResNetBlock) and (outgoing,) not in description.state.values():
        return Finding(
            "a2-init", "no-bias", f"{title}, mit Bias", "eine Faltung ohne Bias",
            "Was sagt die Aufgabe zum Bias der letzten Faltung?",
        )  # fmt: skip
    if same:
        found = f"eine Faltung {incoming}→{outgoing}, aber nicht in einer solchen Schicht"
        hint = "Vergleichen Sie die Art der Schicht und alle Angaben mit der Aufgabe."
        return Finding("a2-init", "wrong-layer", title, found, hint)
    if any(shape[:2] == (4 * outgoing, 4 * incoming) for shape in convolutions(description)):
        return Finding(
            "a2-init", "before-shuffle", title, f"eine Faltung {4 * incoming}→{4 * outgoing}",
            "Diese Faltung passt vor PixelShuffle. An welcher Stelle steht im Bauplan die letzte Faltung, und wie viele Kanäle "
            "kommen dort an?",
        )  # fmt: skip
    listed = ", ".join(f"{shape[1]}→{shape[0]}" for shape in convolutions(description) if shape[2:] != (1, 1))
    return Finding(
        "a2-init", "missing-layer", title, f"keine solche Schicht; Faltungen im Netz: {listed or 'keine'}",
        "Gehen Sie die Kanäle der Reihe nach durch: Was eine Schicht abgibt, muss die nächste annehmen. (Ist auch jede Schicht "
        "mit self.… = … abgelegt?)",
    )  # fmt: skip


def _extra(description: Description, parts: list[nn.Module]) -> str:
    """Return a German list of the weights that no part has."""
    wanted: Counter[tuple[int, ...]] = Counter(
        shape for part in parts for shape in float_shapes(part).values()
    )
    surplus = Counter(description.state.values()) - wanted
    convolutions = [f"eine Faltung {shape[1]}→{shape[0]}" for shape in surplus if len(shape) == 4]
    return ", ".join(convolutions) or ", ".join(f"Gewichte der Form {shape}" for shape in surplus if shape)
