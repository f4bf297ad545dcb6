"""ZIP packages of unknown origin (DOCX, XLSX), opened within the limits of quality.md ("Hostile and broken input")."""

from __future__ import annotations

import io
import zipfile
from enum import StrEnum
from typing import Final

MAX_UNPACKED: Final = 50_000_000
"""Bytes of all members together, unpacked."""
MAX_RATIO: Final = 100
MAX_MEMBERS: Final = 1_000
_RATIO_FROM: Final = 1_000_000
"""Unpacked bytes below which a high ratio is harmless."""


class Danger(StrEnum):
    """Why a package is not opened."""

    DAMAGED = "damaged"
    TOO_MANY_MEMBERS = "too_many_members"
    ZIP_BOMB = "zip_bomb"
    TOO_BIG = "too_big"
    ENCRYPTED = "encrypted"


class UnsafeArchive(Exception):
    """A package that is not opened. `code` says why; the words are made by whoever reads the file."""

    def __init__(self, code: Danger) -> None:
        super().__init__(code.value)
        self.code = code


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The package, once what it says about itself keeps within the limits. Raises `UnsafeArchive`.

    `zipfile` reads no more of a member than its entry says and compares checksums, so that entries bound the reading.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        members = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise UnsafeArchive(Danger.DAMAGED) from error
    if len(members) > MAX_MEMBERS:
        raise UnsafeArchive(Danger.TOO_MANY_MEMBERS)
    unpacked = sum(member.file_size for member in members)
    for size, packed in [(m.file_size, m.compress_size) for m in members] + [(unpacked, len(data))]:
        if size > _RATIO_FROM and size > MAX_RATIO * packed:
            raise UnsafeArchive(Danger.ZIP_BOMB)
    if unpacked > MAX_UNPACKED:
        raise UnsafeArchive(Danger.TOO_BIG)
    if any(member.flag_bits & 0x1 for member in members):
        raise UnsafeArchive(Danger.ENCRYPTED)
    return package
