"""Office files are ZIP archives: the same content gives the same bytes, whenever it is written."""

from __future__ import annotations

import io
import zipfile

_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def without_times(file: bytes) -> bytes:
    """Return an office file whose entries carry no time of writing.

    Args:
        file: the file, as its library wrote it.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return target.getvalue()
