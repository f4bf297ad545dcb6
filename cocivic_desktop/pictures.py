"""PNG and JPEG files as documents take them: what they are, how large, and whether they are whole."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Final

MAX_PIXELS: Final = 40_000_000
"""Largest picture, in pixels; more would need hundreds of megabytes to show."""

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_CHANNELS: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Samples per pixel of each colour type (PNG specification, 11.2.2)."""
_JPEG_FRAMES: Final = {0xC0, 0xC1, 0xC2}
"""Start-of-frame markers of baseline, extended and progressive JPEG: what word processors show."""
_JPEG_ALONE: Final = {0x01, *range(0xD0, 0xD8)}
_JFIF: Final = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x01\x00\x60\x00\x60\x00\x00"


class BadPicture(ValueError):
    """The bytes are no picture that documents take. `code`: "format", "damaged" or "too_large"."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True)
class Facts:
    """What a picture is: media type, and width and height in pixels."""

    media_type: str
    width: int
    height: int


def examine(data: bytes) -> Facts:
    """The facts of a whole PNG or JPEG file. Raises `BadPicture` for anything else."""
    if data.startswith(_PNG):
        facts = _png(data)
    elif data.startswith(b"\xff\xd8\xff"):
        facts = _jpeg(data)
    else:
        raise BadPicture("format")
    if not facts.width or not facts.height:
        raise BadPicture("damaged")
    return facts


def with_jpeg_head(data: bytes) -> bytes:
    """A JPEG file with the JFIF mark that word processing libraries look for; others and PNG as they are."""
    if data.startswith(b"\xff\xd8") and data[6:10] not in (b"JFIF", b"Exif"):
        return data[:2] + _JFIF + data[2:]
    return data


def _png(data: bytes) -> Facts:
    """Every chunk up to the end mark is there and has its checksum, and the pixels unpack to their number."""
    place, width, height, row_bits, interlaced = len(_PNG), 0, 0, 0, False
    unpacker = zlib.decompressobj()
    unpacked = 0
    while True:
        length = int.from_bytes(data[place : place + 4], "big")
        kind, content = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        checksum = data[place + 8 + length : place + 12 + length]
        if len(checksum) != 4 or zlib.crc32(kind + content) != int.from_bytes(checksum, "big"):
            raise BadPicture("damaged")
        if kind == b"IHDR" and length == 13:
            width, height = int.from_bytes(content[:4], "big"), int.from_bytes(content[4:8], "big")
            if width * height > MAX_PIXELS:
                raise BadPicture("too_large")
            row_bits = width * content[8] * _PNG_CHANNELS.get(content[9], 0)
            interlaced = bool(content[12])
        elif kind == b"IDAT":
            unpacked += _unpacked_size(unpacker, content, most=MAX_PIXELS * 9)
        elif kind == b"IEND":
            break
        place += 12 + length
    needed = height * (1 + (row_bits + 7) // 8)
    if not row_bits or unpacked < (height if interlaced else needed):
        raise BadPicture("damaged")
    return Facts("image/png", width, height)


def _unpacked_size(unpacker: zlib._Decompress, content: bytes, most: int) -> int:
    size, rest = 0, content
    try:
        while rest and size <= most:
            size += len(unpacker.decompress(rest, 1 << 20))
            rest = unpacker.unconsumed_tail
    except zlib.error as error:
        raise BadPicture("damaged") from error
    if size > most:
        raise BadPicture("too_large")
    return size


def _jpeg(data: bytes) -> Facts:
    """The segments before the picture are whole, one of them is its frame, and the end mark is there."""
    place, facts = 2, None
    while place + 4 <= len(data):
        if data[place] != 0xFF:
            raise BadPicture("damaged")
        marker = data[place + 1]
        if marker == 0xFF or marker in _JPEG_ALONE:
            place += 1 if marker == 0xFF else 2
            continue
        length = int.from_bytes(data[place + 2 : place + 4], "big")
        if length < 2 or place + 2 + length > len(data):
            raise BadPicture("damaged")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            if marker not in _JPEG_FRAMES:
                raise BadPicture("format")
            height, width = (int.from_bytes(data[place + 5 + at : place + 7 + at], "big") for at in (0, 2))
            if width * height > MAX_PIXELS:
                raise BadPicture("too_large")
            facts = Facts("image/jpeg", width, height)
        elif marker == 0xDA:
            if facts is None or b"\xff\xd9" not in data[place + 2 + length :]:
                raise BadPicture("damaged")
            return facts
        place += 2 + length
    raise BadPicture("damaged")
