"""Bytes of unknown origin to text, deliberately: nothing becomes a replacement character in silence."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from itertools import pairwise

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_QUOTES = "–—„“”‚‘’…€«»°§·"
_LETTERS = {
    "cp1252": "äöüßÄÖÜàâæçéèêëïîôœùûÿÀÂÇÉÈÊËÎÔÙÛáíóúñÁÍÓÚÑ¿¡ºªãõÃÕìòÌÒåøÅØ" + _QUOTES,
    "cp1254": "çğıöşüÇĞİÖŞÜâîûÂÎÛäß" + _QUOTES,
    "cp1250": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽľĺôŕĽőűŐŰöüÖÜäÄßăâîşţĂÂÎŞŢđĐçëÇË" + _QUOTES,
    "cp1251": "".join(map(chr, range(0x410, 0x450))) + "ёЁєЄіІїЇґҐљЉњЊћЋђЂџЏјЈ№" + _QUOTES,
    "cp1253": "".join(map(chr, range(0x391, 0x3CF))) + "ΆΈΉΊΌΎΏϊϋ" + _QUOTES,
}
"""Letters that texts in each code page use; the rest of the page makes a guess less likely. In order of preference."""

_OWN_SCRIPT = {"cp1251", "cp1253"}
"""Code pages whose words consist of letters beyond ASCII."""


@dataclass(frozen=True)
class Decoded:
    """A text and the encoding it was in. `certain` is False when the encoding was guessed from the letters used."""

    text: str
    encoding: str
    certain: bool = True


def decode(data: bytes) -> Decoded:
    """Text of a file: UTF-8 with or without a mark, UTF-16 or UTF-32, else the Windows code page that fits best.

    Latin-1 is read as its superset Windows-1252. The mark is not part of the text. Bytes that no encoding explains
    (a damaged file) become U+FFFD, and the encoding is then "unknown".
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(encoding), encoding)
            except UnicodeDecodeError:
                return Decoded(data.decode(encoding, "replace"), "unknown", certain=False)
    sample = data[:2000]
    if b"\x00" in sample and len(sample) > 3:
        zeros_odd, zeros_even = sample[1::2].count(0), sample[::2].count(0)
        encoding = "utf-16-le" if zeros_odd > zeros_even else "utf-16-be"
        if max(zeros_odd, zeros_even) > 10 * min(zeros_odd, zeros_even) + len(sample) // 20:
            try:
                return Decoded(data.decode(encoding), encoding, certain=False)
            except UnicodeDecodeError:
                pass
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _code_page(data)


def _code_page(data: bytes) -> Decoded:
    # ASCII never decides; words with other bytes do. A megabyte of them is plenty.
    words = re.findall(rb"[\w\x80-\xff]*[\x80-\xff][\w\x80-\xff]*", data[:1_000_000])[:5000]
    best = ("", 0.0)
    for page, letters in _LETTERS.items():
        score = 0.0
        for word in words:
            try:
                score += _score(word.decode(page), letters, page in _OWN_SCRIPT)
            except UnicodeDecodeError:
                score -= 2 * len(word)
        if not best[0] or score > best[1]:
            best = (page, score)
    page = best[0]
    try:
        return Decoded(data.decode(page), page, certain=False)
    except UnicodeDecodeError:
        return Decoded(data.decode(page, "replace"), "unknown", certain=False)


def _score(word: str, letters: str, own_script: bool) -> float:
    foreign = [character for character in word if character > "\x7f"]
    score = sum(1.0 if character in letters else -1.0 for character in foreign)
    # A capital after a small letter is a sign that the letters are not meant.
    score -= sum(before.islower() and after.isupper() for before, after in pairwise(word))
    if own_script:
        own = len(word) > 2 and len(foreign) == len(word)
        score += len(word) if own else -2 * len(foreign)
    return score
