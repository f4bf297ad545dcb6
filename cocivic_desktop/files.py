"""Writing files whole, and naming them so that every system takes them."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import tempfile
import unicodedata
from pathlib import Path

from cocivic_desktop.domain.errors import BadInput

LONGEST_NAME = 120
"""Longest file name made from data, in characters; leaves room for the folder within Windows' 260."""
LONGEST_NAME_BYTES = 240
"""Longest file name made from data, in UTF-8 bytes; file systems commonly take 255."""

_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)", re.IGNORECASE)
"""Device names of Windows, which stay reserved with any extension behind them."""


def write_whole(path: Path | str, data: bytes, *, force: bool = False) -> Path:
    """Write `data` to `path` so that the file is there whole or not at all, and return where it is.

    The bytes go to a temporary file in the same folder, to the disk, and only then to their name; the
    file belongs to its owner alone (mode 0600). A symbolic link is followed. Raises `BadInput` when the
    file exists and `force` is not set, when the folder is missing or cannot be written, and when the
    disk is full; then nothing has changed.
    """
    target = Path(os.path.realpath(path))
    folder = target.parent
    _check_target(target, force)
    try:
        handle, name = tempfile.mkstemp(prefix=".cocivic-", suffix=".part", dir=folder)
    except OSError as error:
        raise _refusal(error, target) from error
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        _put_in_place(part, target, force)
    except OSError as error:
        raise _refusal(error, target) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
    _sync_folder(folder)
    return target


def present(path: Path) -> bool:
    """Whether there is something at `path`. Raises `BadInput` when the system does not let us look."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadInput(
            f"“{path}” cannot be reached ({reason}). Check its name and whether you may open its folder."
        ) from error
    return True


def safe_file_name(text: str, suffix: str = "") -> str:
    """A file name made of `text` and `suffix` (such as ".docx") that Windows, macOS and Linux all take.

    Characters and device names that Windows forbids are replaced, invisible ones (which can make a name
    look like another) are dropped, and the length is cut to `LONGEST_NAME` characters and `LONGEST_NAME_BYTES` bytes.
    """
    text = unicodedata.normalize("NFC", text)
    text = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    text = re.sub(r'\s*[<>:"/\\|?*]+\s*', "-", text)
    stem = _trimmed(text)[: LONGEST_NAME - len(suffix)]
    room = LONGEST_NAME_BYTES - len(suffix.encode())
    stem = _trimmed(stem.encode()[:room].decode(errors="ignore"))
    if not stem:
        stem = "document"
    if _RESERVED.match(stem + suffix):
        stem = f"_{stem}"
    return stem + suffix


def _trimmed(text: str) -> str:
    """Text with single spaces, and without the spaces, dots and dashes at its ends that systems strip or hide."""
    return re.sub(r"\s+", " ", text).strip(" .-")


def _check_target(target: Path, force: bool) -> None:
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise _refusal(error, target) from error
    if not stat.S_ISREG(mode):
        raise BadInput(f"“{target}” is not a file, so nothing was written. Please choose another name.")
    if not force:
        raise _exists(target)


def _put_in_place(part: Path, target: Path, force: bool) -> None:
    """Give the finished temporary file its name; without `force` never over a file that came meanwhile."""
    if force:
        part.replace(target)
        return
    try:
        if os.name == "nt":
            part.rename(target)  # refuses an existing name there
        else:
            os.link(part, target)
    except FileExistsError as error:
        raise _exists(target) from error
    except OSError:
        if target.exists():
            raise _exists(target) from None
        part.replace(target)  # a file system without hard links, such as a stick's


def _sync_folder(folder: Path) -> None:
    """Bring the new name to the disk too. A folder that cannot be synced (Windows, some network drives) is left."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _exists(target: Path) -> BadInput:
    return BadInput(
        f"There is already a file “{target.name}” in {target.parent}. It was left as it is; "
        "choose another name, or say that it may be replaced."
    )


def _refusal(error: OSError, target: Path) -> BadInput:
    """The sentence for a file that could not be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        reason = "the disk is full. Please make room or choose another folder"
    elif error.errno == errno.ENOENT:
        reason = f"the folder {target.parent} does not exist. Please choose another folder"
    elif error.errno == errno.ENOTDIR:
        reason = f"{target.parent} is not a folder. Please choose another folder"
    elif error.errno == errno.ENAMETOOLONG:
        reason = "its name is too long. Please choose a shorter name"
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        reason = (
            f"the folder {target.parent} cannot be written, or the file is open in another program. "
            "Please close it or choose another folder"
        )
    else:
        reason = f"the system answered: {error.strerror or error}. Please try another folder"
    return BadInput(f"“{target.name}” was not written: {reason}. Nothing was changed.")
