"""What a check may ask to be changed about a network before it is called once: plain data, applied where the network is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shift:
    """An addition to the result of one convolution.

    Attributes:
        number: which one, in the order in which they run.
        size: how much to add at most, relative to the largest value.
    """

    number: int
    size: float


@dataclass(frozen=True)
class Trial:
    """How one call differs from the usual one; nothing of it outlasts the call.

    Attributes:
        mend: which right parts take the places of wrong ones. ``"parts"`` and ``"places"`` put the parts of Upscale2x
            where their channels fit best, or where their place in the row is; ``"channels"`` lets layers take as many
            channels as arrive. All three register layers that PyTorch does not see. ``""``: none.
        weights: seed of the weights of what is mended; None for weights that are nearly zero.
        chance: where torch's random numbers start when forward runs; None for the usual place.
        twin: where they start when the constructor runs once more, to make a second network that then takes over all
            parameters and buffers of the first; None for the first.
        shift: what to add to the result of a convolution.
    """

    mend: str = ""
    weights: int | None = None
    chance: int | None = None
    twin: int | None = None
    shift: Shift | None = None
