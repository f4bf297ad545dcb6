"""Simple documents: every kind of block, lists that start anew, any text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import docx_integrity
from hypothesis import given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from cocivic_desktop.documents.content import Block, Heading, Items, Note, Run, Table, WritingLines
from cocivic_desktop.documents.plain_docx import simple_bytes, write_simple
from tests.documents.parts import defects, part, values, words
from tests.documents.samples import agenda


def test_an_agenda_is_sound(tmp_path: Path) -> None:
    path = write_simple(agenda(), tmp_path / "agenda.docx")
    assert defects(path.read_bytes()) == []
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    assert [str(finding) for finding in docx_integrity.check(path)] == []


def test_each_numbered_list_starts_at_one() -> None:
    data = simple_bytes(agenda())
    used = values(part(data, "word/document.xml"), "numId")
    assert used == ["6", "6", "6", "7", "7"]
    numbering = part(data, "word/numbering.xml")
    assert values(numbering, "startOverride") == ["1", "1"]
    assert values(numbering, "abstractNumId")[-2:] == ["4", "4"]


def test_the_letterhead_stands_on_the_first_page_only() -> None:
    data = simple_bytes(agenda())
    assert "Hafenstraße" in words(part(data, "word/header2.xml"))
    assert words(part(data, "word/header1.xml")) == "First meeting with the school"


@settings(max_examples=40, deadline=None)
@given(text=st.text(st.characters(), max_size=60))
def test_any_text_makes_a_sound_file(text: str) -> None:
    blocks: list[Block] = [
        text, [Run(text), Run(text, missing=True)], Heading(text), Heading(text, 2), Items([text, [Run(text)]]),
        Items([text], ordered=True), Items([]), Note(text), Table(head=[], rows=[]), Table(head=[text], rows=[[text]]),
        WritingLines(1, text),
    ]  # fmt: skip
    assert defects(simple_bytes(replace(agenda(), title=text, blocks=blocks))) == []
