"""A network as a file: built once, opened by every worker, refused when it is not whole."""

from __future__ import annotations

import os
import tempfile
import zipfile
from dataclasses import asdict
from pathlib import Path

import numpy as np

from geo.network.model import Network
from geo.network.pace import Walk
from geo.network.plane import Plane

_FORMAT = 1
_ARRAYS = ("nodes", "ends", "length_m", "forward_s", "backward_s", "component", "coordinates", "offsets")


def save(network: Network, path: Path) -> None:
    """Write the network (npz); readers see the old file or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    walk = asdict(network.walk)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as out:
        np.savez(
            out, format=_FORMAT, digest=network.digest, plane=[network.plane.lon, network.plane.lat],
            walk_names=list(walk), walk_values=[float(v) for v in walk.values()],
            **{array: getattr(network, array) for array in _ARRAYS},
        )  # fmt: skip
    Path(name).replace(path)


def load(path: Path, *, digest: str | None = None) -> Network | None:
    """The network of a file; None where there is none, it is damaged, or it was built from something else.

    Args:
        path: the file.
        digest: what it must have been built from; None takes any.
    """
    try:
        # Opened here, so that a damaged file is closed too.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
            if int(held["format"]) != _FORMAT or (digest is not None and str(held["digest"]) != digest):
                return None
            values = dict(zip(held["walk_names"].tolist(), held["walk_values"].tolist(), strict=True))
            walk = Walk(**{**values, "island_nodes": int(values["island_nodes"])})
            plane = Plane(*(float(v) for v in held["plane"]))
            return Network(plane, walk, **{a: held[a] for a in _ARRAYS}, digest=str(held["digest"]))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
