"""Reading a pickle that may hold numpy arrays and plain containers, and nothing that runs."""

import io
import pickle
from typing import Any

import numpy as np

# numpy's own helper that makes an empty array for pickle to fill. It moved from numpy.core to numpy._core
# with numpy 2, and the old name warns there; asking an array for it works in both.
_RECONSTRUCT = np.empty(0).__reduce__()[0]

_ADMITTED = {
    ("numpy", "ndarray"): np.ndarray,
    ("numpy", "dtype"): np.dtype,
    ("numpy.core.multiarray", "_reconstruct"): _RECONSTRUCT,
    ("numpy._core.multiarray", "_reconstruct"): _RECONSTRUCT,
}


class _ArrayUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ADMITTED:
            raise pickle.UnpicklingError(f"{module}.{name} is not admitted, only numpy arrays are")
        return _ADMITTED[module, name]


def load_arrays(content: bytes) -> Any:
    """Return what a pickle of numpy arrays in dicts, lists, tuples and plain values holds.

    Raises ``pickle.UnpicklingError`` for anything else, before any of it runs.
    """
    return _ArrayUnpickler(io.BytesIO(content)).load()
