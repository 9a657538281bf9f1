"""What must hold for the course to say what it says."""

from collections.abc import Mapping
from dataclasses import dataclass

from autograde.claims.summary import Summary

LPIPS = {"lpips_vgg": "LPIPS-VGG", "lpips_alex": "LPIPS-Alex"}
# How far below the MSE network's LPIPS-Alex the perceptual one's must be: a witness that had no part in the training.
ENOUGH = {2: 0.85, 4: 0.75}


@dataclass(frozen=True)
class Criterion:
    """One statement about one scale, in German, and whether it holds."""

    scale: int
    text: str
    holds: bool


def judge(summaries: Mapping[int, Summary]) -> list[Criterion]:
    """Return all criteria with their verdicts; a number that is not finite fulfils none."""
    return [criterion for scale, summary in summaries.items() for criterion in _judge(scale, summary)]


def _judge(scale: int, summary: Summary) -> list[Criterion]:
    difference = summary.minus_mse["perceptual"]
    means = {name: {key: one.mean for key, one in row.items()} for name, row in summary.methods.items()}
    criteria = [
        Criterion(
            scale,
            f"{title} mit Perceptual Loss niedriger als mit MSE, ganzes 95-%-Intervall: {difference[key].mean:+.4f} "
            f"[{difference[key].lo:+.4f}, {difference[key].hi:+.4f}]",
            difference[key].hi < 0,
        )
        for key, title in LPIPS.items()
    ]
    psnr = difference["psnr"]
    criteria.append(
        Criterion(
            scale,
            f"PSNR mit MSE höher als mit Perceptual Loss, ganzes 95-%-Intervall: {-psnr.mean:+.2f} dB "
            f"[{-psnr.hi:+.2f}, {-psnr.lo:+.2f}]",
            psnr.hi < 0,
        )
    )
    mse = difference["mse"]
    criteria.append(
        Criterion(
            scale,
            f"MSE mit MSE niedriger als mit Perceptual Loss, ganzes 95-%-Intervall: {-mse.mean:+.6f} "
            f"[{-mse.hi:+.6f}, {-mse.lo:+.6f}]",
            mse.lo > 0,
        )
    )
    for key, title in LPIPS.items():
        learned = {name: means[name][key] for name in ("mse", "perceptual")}
        criteria.append(
            Criterion(
                scale,
                f"{title} beider Netze niedriger als bilinear: {learned['mse']:.4f} und {learned['perceptual']:.4f} "
                f"gegen {means['bilinear'][key]:.4f}",
                all(value < means["bilinear"][key] for value in learned.values()),
            )
        )
    ratio = means["perceptual"]["lpips_alex"] / means["mse"]["lpips_alex"]
    criteria.append(
        Criterion(
            scale,
            f"LPIPS-Alex mit Perceptual Loss höchstens das {ENOUGH[scale]}-Fache des Werts mit MSE: {ratio:.5f}",
            ratio <= ENOUGH[scale],
        )
    )
    return criteria
