"""numpy with one thread: threads of our own share the work, and starting numpy's doubles the time of its import.

It takes 50 ms to import, so it is imported inside the functions that need it: a run that finds its clips and passages
in the cache does not.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int64]
    Peaks = NDArray[np.uint16]
    Samples = NDArray[np.int16]
else:
    Floats = Integers = Peaks = Samples = np.ndarray

__all__ = ["Floats", "Integers", "Peaks", "Samples", "np"]
