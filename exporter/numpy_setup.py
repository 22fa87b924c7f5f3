"""numpy, told to use one thread: our own threads share the work, and its pool of threads doubles its time to import.

Import this module where it is needed, not before: it takes 50 ms, and a run that finds its passages made needs none.
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
