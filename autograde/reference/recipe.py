"""How the reference models are trained: in stages, the first of which both models of a factor share."""

from dataclasses import dataclass, replace

from srcourse.training import Profile

SEED = 0


@dataclass(frozen=True)
class Stage:
    """A training with a schedule of its own.

    Attributes:
        profile: for how long, and on what crops.
        seed: of the crops; a stage with another one does not see those of the stage before again.
        landscapes: whether it learns from the listed landscapes, too.
    """

    profile: Profile
    seed: int = SEED
    landscapes: bool = False


@dataclass(frozen=True)
class Recipe:
    """The stages of both models of one upscale factor.

    Both start from the same network, which learned with MSE loss, and go on for as many steps on the same crops, one with
    MSE loss and one with the perceptual loss: nothing but the loss sets them apart. The perceptual one so starts where
    the pictures are right on average and only has to learn what is missing in them, and what lies between the two can be
    interpolated in the weights (Wang et al. 2019, arXiv 1811.10515).

    Each stage goes on where the one before ended (warm restarts: Loshchilov & Hutter 2017, arXiv 1608.03983). Models that
    need more training get a further stage: what was done is not lost.

    Attributes:
        shared: the first stages, with MSE loss.
        own: the further ones, with each model's own loss.
    """

    shared: tuple[Stage, ...]
    own: tuple[Stage, ...]


# For a GPU, a minute or two per model on an H200. In TF32, which torch takes for float32 convolutions there: 300 steps of MSE
# loss at 2x ended at 37.51 dB and LPIPS-Alex .0528 (40 views), in bfloat16 at 37.40 dB and .0567 in half of the time.
_GPU = Profile(
    "reference-gpu", epochs=5, steps_per_epoch=220, batch_size=16, crop=256, validation_views=0, precision="32-true",
)  # fmt: skip
_GPU_ON = replace(_GPU, learning_rate=5e-4, fixed_statistics_from=0.0)

# More photographs at the end, where crops are large. The shipped models did these two stages on a CPU, in an hour each, from the
# float16 files of the stages before; the command does them in one go with those, on a GPU. The second one moves the networks
# farther, with more than three times the learning rate: LPIPS-Alex of the perceptual network fell to .750 of the MSE network's
# after the first, and to .749 after the second.
_MORE = Stage(
    Profile(
        "reference-more", epochs=12, steps_per_epoch=40, batch_size=2, crop=448, validation_views=0, learning_rate=6e-5,
        warmup_steps=20, fixed_statistics_from=0.0, precision="32-true",
    ),
    SEED + 2,
    landscapes=True,
)  # fmt: skip

_FARTHER = replace(_MORE, profile=replace(_MORE.profile, learning_rate=2e-4), seed=SEED + 3)

# Upscale factor → recipe. At 4x the perceptual loss needs larger crops. VGG16 sees every picture at 224 pixels, where the
# period of PixelShuffle(4), 4 pixels, is the stride of relu3_3: the loss hardly sees a pattern that repeats in every cell.
# 160 steps from a perceptual network with LPIPS-Alex .1491 (40 views) ended at .1430 with crops of 256 pixels, .1352 with
# 320, .1334 with 384 and .1310 with 448, with as many pixels per step, and higher PSNR too.
_ON_GPU = {
    2: Recipe((Stage(_GPU),), (Stage(_GPU_ON, SEED + 1),)),
    4: Recipe(
        (Stage(replace(_GPU, steps_per_epoch=440)),),
        (Stage(replace(_GPU_ON, steps_per_epoch=440, batch_size=5, crop=448), SEED + 1), _MORE, _FARTHER),
    ),
}

# For a CPU what it does in an hour per model at most: mosaics, as in the profile ``cpu``, but longer.
_CPU = Profile(
    "reference-cpu", epochs=30, steps_per_epoch=40, batch_size=4, crop=128, tiles=2, validation_views=8,
    learning_rate=5e-4,
)  # fmt: skip

# Pictures of 256x256 where the loss is perceptual: VGG16 then sees them at about the size at which they are looked at and
# measured. In mosaics of 128x128 it sees them enlarged, and what it asks for is too fine: 80 steps from the MSE model at
# 2x (LPIPS-Alex on 16 views, MSE .0574) gave .0574 with four of them, and .0469 with two of 256x256, in less time. The
# learning rate is below the MSE model's: 5e-4 gave .0588 in those steps where 2e-4 gave .0574.
_LARGE = replace(_CPU, batch_size=2, crop=256)

# A stage that goes on with a trained network, whose BatchNorm statistics are right: 80 steps of perceptual loss from the
# MSE model at 4x gave LPIPS-Alex .1955 on 16 views with statistics fixed from the start (there measured anew first) and
# .1993 with those of the batches for half of the way. A learning rate of 1e-4 gave .2029, and one of 1e-3 .2483.
_ON = replace(_LARGE, learning_rate=3e-4, fixed_statistics_from=0.0)

# Upscale factor → recipe. A piece of a mosaic is 32 pixels of the input wide, or else the network sees more borders than
# pictures. At 4x the network that both share learns for longer: after the first 600 steps it was below bicubic interpolation
# in PSNR, after all 2200 it was 1.1 dB better.
_ON_CPU = {
    2: Recipe(
        (Stage(_CPU),),
        (Stage(replace(_LARGE, epochs=20, tiles=4, learning_rate=3e-4)),),
    ),
    4: Recipe(
        (
            Stage(replace(_LARGE, epochs=15)),
            Stage(replace(_LARGE, epochs=10, learning_rate=3e-4)),
            Stage(_ON, SEED + 1),
        ),
        (Stage(replace(_ON, epochs=20, crop=384, tiles=3), SEED + 2),),
    ),
}


def recipe(device_type: str, scale: int) -> Recipe:
    """Return how both models of a factor are trained on a kind of device; Apple's MPS trains like a CPU."""
    return (_ON_GPU if device_type == "cuda" else _ON_CPU)[scale]
