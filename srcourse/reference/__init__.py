"""Networks that were trained well and come with the course.

The viewer and ``python -m srcourse upscale`` run them as exported programs; a notebook may load their weights into
the student's own class and train on from there.
"""

from srcourse.reference.errors import ReferenceModelError
from srcourse.reference.files import reference_available
from srcourse.reference.network import reference_network
from srcourse.reference.pair import reference_pair
from srcourse.reference.start import start_from_reference

__all__ = [
    "ReferenceModelError",
    "reference_available",
    "reference_network",
    "reference_pair",
    "start_from_reference",
]
