"""How the reference models are trained."""

from srcourse.training import Profile

# A perceptual model goes on from its MSE model: it starts where the pictures are right on average and only has to learn
# what is missing in them, and what lies between the two can be interpolated in the weights (Wang et al. 2019, arXiv
# 1811.10515).
STARTS_FROM = {"mse": None, "perceptual": "mse"}

# For a GPU: as many pictures as the recipe of the course, whole pictures of 256x256. For a CPU what two cores do in an hour
# or two per model: mosaics of small crops, as in the profile ``cpu``, but longer.
PROFILES = {
    "cuda": Profile(
        "reference-gpu", epochs=40, steps_per_epoch=150, batch_size=32, crop=256, validation_views=32
    ),
    "cpu": Profile(
        "reference-cpu", epochs=30, steps_per_epoch=40, batch_size=4, crop=128, tiles=2, validation_views=8,
        learning_rate=5e-4,
    ),
}  # fmt: skip
SEED = 0


def recipe(device_type: str) -> Profile:
    """Return the profile for a kind of device; Apple's MPS trains like a CPU."""
    return PROFILES.get(device_type, PROFILES["cpu"])
