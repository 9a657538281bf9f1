"""Photographs for the course: found, decoded once, split into training and validation, cut and reduced."""

from srcourse.data.crops import PhotoSet
from srcourse.data.errors import PhotographsError
from srcourse.data.lowres import as_squares, bilinear_error, low_and_high, reduce
from srcourse.data.photographs import Photographs, PhotoSource, load_photographs, require_source
from srcourse.data.samples import SAMPLES, Sample
from srcourse.data.views import ViewSet

__all__ = [
    "SAMPLES",
    "PhotoSet",
    "PhotoSource",
    "Photographs",
    "PhotographsError",
    "Sample",
    "ViewSet",
    "as_squares",
    "bilinear_error",
    "load_photographs",
    "low_and_high",
    "reduce",
    "require_source",
]
