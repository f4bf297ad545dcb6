"""Texts of unknown encoding come out whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocivic_desktop.decoding import decode

SAMPLES = {
    "cp1252": "Pädagogischer Tag für Lehrkräfte; Größe – Vacaciones de Año Nuevo, colaboración",
    "cp1254": "Yarıyıl tatili, Öğretmenler günü, Kurban Bayramı, İstanbul, Çalışma şubesi",
    "cp1250": "Wakacje zimowe, święta, przerwa świąteczna, Łódź, źródło, část, žáci, říjen",
    "cp1251": "Осенние каникулы, Новый год",
    "cp1253": "Χριστουγεννιάτικες διακοπές",
}


@pytest.mark.parametrize(("page", "text"), SAMPLES.items())
def test_code_pages_are_told_apart_by_their_letters(page: str, text: str) -> None:
    found = decode(text.encode(page))
    assert (found.text, found.encoding, found.certain) == (text, page, False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", SAMPLES.values())
def test_unicode_is_read_with_and_without_a_mark(encoding: str, text: str) -> None:
    ascii_before = "BEGIN:VCALENDAR\r\nSUMMARY:" + text
    assert decode(ascii_before.encode(encoding)).text == ascii_before


@given(st.binary(max_size=300))
def test_any_bytes_become_some_text(data: bytes) -> None:
    assert isinstance(decode(data).text, str)


@given(st.text(max_size=200))
def test_utf_8_always_comes_back(text: str) -> None:
    data = text.encode("utf-8", "ignore")
    if b"\x00" not in data:
        assert decode(b"x" + data).text == "x" + data.decode()
