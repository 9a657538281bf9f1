"""The one error that students see when photographs cannot be had."""


class PhotographsError(ValueError):
    """No usable photographs; the message says in German what is wrong and what to do about it."""
