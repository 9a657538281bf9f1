"""Why a training cannot start or go on."""


class TrainingError(RuntimeError):
    """A training cannot start or go on; the German message says why and what to do."""
