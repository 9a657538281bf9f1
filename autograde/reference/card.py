"""The model card of the reference models: ``docs/reference-models.md``, written from ``models.json``."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from autograde.course import ROOT
from autograde.reference.listed import Listed, read_landscapes, read_list
from srcourse.files import atomic_write
from srcourse.reference import files

CARD = ROOT / "docs" / "reference-models.md"

_HEAD = """\
# Reference models

Written by `make reference-models`. Numbers are measured on the shipped files, which hold weights in float16 and
BatchNorm's statistics in float32; `srcourse/reference/models/models.json` holds their hashes and all facts.

**What they are for.** A student without a GPU sees the real effect at once (`python -m srcourse upscale`,
`reference_network`) and can go on from them (`start_from_reference`). Grading never uses them. The architectures are
those of Aufgabe 2 and Aufgabe 5; shipped are weights without names and programs without sources.

**Limits.** They know pictures that were reduced by antialiased bilinear interpolation, without noise and JPEG
artefacts; other small pictures come out less well. The perceptual ones invent detail: what they draw is plausible, not what was
there. Do not use them where a picture is evidence. The one at 4x leaves a regular pattern on
fur, cloth and other fine texture, which shows as soon as the picture is enlarged.

**Training.** Both models of a factor share their first stages, with MSE loss, and go on from there for as many steps on the same
crops, one with MSE loss and one with the perceptual loss: nothing but the loss sets them apart. Steps and
times are those of all stages, the shared ones included.

| model | steps | trained for | device | PSNR | SSIM | LPIPS-VGG | LPIPS-Alex | size |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
"""


def write_card() -> None:
    """Write the card for the models that are there."""
    index = files.read_index()
    models = {name: entry for name, entry in index.items() if name.endswith(".safetensors")}
    rows = [_row(name, entry) for name, entry in models.items()]
    parts = [_HEAD + "\n".join(rows), *_recipes(models), _data()]
    with atomic_write(CARD) as temporary:
        temporary.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _row(name: str, entry: dict[str, Any]) -> str:
    facts = entry["facts"]
    scores = facts["validation"]
    cells = [
        name.removesuffix(".safetensors"), str(facts["steps"]), f"{facts['seconds'] / 60:.0f} min", facts["device"],
        f"{scores['psnr']:.2f}", f"{scores['ssim']:.4f}", f"{scores['lpips_vgg']:.4f}",
        f"{scores['lpips_alex']:.4f}", f"{entry['size'] / 1e6:.1f} MB",
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _recipes(models: dict[str, Any]) -> list[str]:
    """Return one paragraph for each way in which models were trained."""
    texts: dict[str, list[str]] = {}
    for name, entry in models.items():
        facts = entry["facts"]
        shared, own = ("; then ".join(_stage(stage) for stage in facts[key]) for key in ("shared", "own"))
        text = (
            f"shared {shared}; own {own}; {facts['precision']}, torch {facts['torch']}, commit `{facts['commit']}`, "
            f"{facts['photographs']} training photographs"
        )
        if facts["landscapes"]:
            text += f", in the stages with landscapes {facts['landscapes']} more"
        texts.setdefault(text, []).append(name.removesuffix(".safetensors"))
    return [f"**Recipe** of {', '.join(names)}: {text}." for text, names in texts.items()]


def _stage(stage: dict[str, Any]) -> str:
    settings = ", ".join(f"{key} {value}" for key, value in stage["profile"].items() if key != "name")
    landscapes = ", with landscapes" if stage["landscapes"] else ""
    return f"profile `{stage['profile']['name']}` ({settings}, seed {stage['seed']}{landscapes})"


def _data() -> str:
    listed, landscapes = read_list().photographs, read_landscapes().photographs
    return (
        f"**Data.** {len(listed)} photographs out of Debian's packages, listed with author, licence and "
        "side of the split in `autograde/reference/photographs.toml`; `scripts/photographs FOLDER` fetches them. The "
        "split was fixed before any training. The photographs that ship with scikit-image and scikit-learn are used "
        "for validation alone. "
        f"Licences of the listed ones: {_licences(listed)}. The {len(landscapes)} landscapes, all for training, are listed "
        f"in `autograde/reference/landscapes.toml`: {_licences(landscapes)}."
    )


def _licences(photographs: Sequence[Listed]) -> str:
    counts = Counter(one.licence for one in photographs)
    return "; ".join(f"{licence}: {count}" for licence, count in sorted(counts.items()))
