"""Library of a practical course on perceptual loss for image super-resolution.

Importing this package is cheap on purpose: torch is loaded by the modules that need it.
"""

__version__ = "1.0.0"
