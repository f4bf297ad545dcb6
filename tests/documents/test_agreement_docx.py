"""Agreements as files: their parts, what validators say, and what validators overlook."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import docx
import docx_integrity
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from cocivic_desktop.documents.agreement_docx import agreement_bytes, write_agreement
from cocivic_desktop.documents.content import AgreementText, Picture, Run, Table
from cocivic_desktop.documents.wml import clause_tag, name, printable, read_clause_tag
from cocivic_desktop.domain.errors import BadInput
from tests.documents.parts import defects, normalised, part, values, words, written_parts
from tests.documents.samples import WORDS, agreement, clause_id, long_agreement

GOLDEN = Path(__file__).parent / "golden"
FORMS = {
    "draft": [agreement("en")],
    "final": [agreement("de", draft=False)],
    "bilingual": [agreement("de"), agreement("en")],
    "bilingual_final": [agreement("en", draft=False), agreement("de", draft=False)],
    "empty": [AgreementText(title="", language="tr", words=WORDS["en"])],
    "long": [long_agreement("de")],
}


def png(width: int = 40, height: int = 10) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", FORMS)
def test_validators_and_own_checks_find_nothing(form: str, tmp_path: Path) -> None:
    path = write_agreement(FORMS[form], tmp_path / "a.docx")
    assert defects(path.read_bytes()) == []
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    assert [str(finding) for finding in docx_integrity.check(path)] == []


@pytest.mark.parametrize("form", ["draft", "bilingual_final"])
def test_parts_are_as_the_golden_ones(form: str) -> None:
    """After a wanted change: COCIVIC_GOLDEN=write pytest tests/documents, then look at the difference."""
    data = agreement_bytes(FORMS[form])
    numbering = part(data, "word/numbering.xml")
    for path, root in {**written_parts(data), "word/numbering.xml": numbering}.items():
        golden = GOLDEN / form / Path(path).name
        if os.environ.get("COCIVIC_GOLDEN") == "write":
            golden.parent.mkdir(parents=True, exist_ok=True)
            golden.write_text(normalised(root), encoding="utf-8")
        assert normalised(root) == golden.read_text(encoding="utf-8"), golden


def test_the_same_text_gives_the_same_parts() -> None:
    first, second = (written_parts(agreement_bytes(FORMS["bilingual"])) for _ in range(2))
    assert {path: normalised(root) for path, root in first.items()} == {p: normalised(r) for p, r in second.items()}


@pytest.mark.parametrize("form", ["draft", "bilingual"])
def test_every_clause_maps_back(form: str) -> None:
    root = part(agreement_bytes(FORMS[form]), "word/document.xml")
    assert [read_clause_tag(tag) for tag in values(root, "tag")] == [clause_id(number) for number in (1, 2, 3)]
    for number, control in enumerate(root.iter(name("sdt")), 1):
        assert FORMS[form][0].sections[number - 1].title in words(control)
        assert values(control, "bookmarkStart", "name") == [f"clause_{clause_id(number).hex}"]
    assert read_clause_tag("clause:what") is None
    assert read_clause_tag("goog_rdk_0") is None
    assert read_clause_tag(clause_tag(clause_id(7))) == clause_id(7)


def test_clauses_are_real_headings_numbered_by_the_file() -> None:
    data = agreement_bytes(FORMS["draft"])
    document, styles, numbering = (part(data, f"word/{p}.xml") for p in ("document", "styles", "numbering"))
    assert values(document, "pStyle").count("ClauseHeading") == 3
    assert values(document, "pStyle").count("ClauseParagraph") == 6
    assert values(document, "numId") == []  # the style's own
    by_id = {style.get(name("styleId")): style for style in styles.iter(name("style"))}
    for level, style in enumerate(("ClauseHeading", "ClauseParagraph")):
        assert values(by_id[style], "numId") == ["1"]
        assert values(by_id[style], "ilvl") == [str(level)]
        assert values(numbering, "pStyle")[level] == style
    assert values(by_id["ClauseHeading"], "outlineLvl") == ["0"]
    assert values(by_id["ClauseHeading"], "basedOn") == ["Heading1"]
    assert values(numbering, "start") == ["1"] * len(values(numbering, "lvl", "ilvl"))


def test_columns_have_a_numbering_each_and_their_own_language() -> None:
    root = part(agreement_bytes(FORMS["bilingual"]), "word/document.xml")
    for column, (number, language) in enumerate((("2", "de-DE"), ("3", "en-GB"))):
        cells = [row[-2 + column] for control in root.iter(name("sdt")) for row in control.iter(name("tr"))
                 if len(row.findall(name("tc"))) == 2]  # fmt: skip
        assert {n for cell in cells for n in values(cell, "numId")} == {number}
        assert {tag for cell in cells for tag in values(cell, "lang")} == {language}


def test_the_document_speaks_its_language() -> None:
    data = agreement_bytes(FORMS["final"])
    assert values(part(data, "word/styles.xml"), "lang") == ["de-DE"]
    assert values(part(data, "word/settings.xml"), "themeFontLang") == ["de-DE"]
    assert set(values(part(data, "word/document.xml"), "lang")) == {"de-DE"}


def test_the_draft_mark_stays_until_agreed() -> None:
    draft, final = (written_parts(agreement_bytes(FORMS[form])) for form in ("draft", "final"))
    assert all("DRAFT" in words(root) for path, root in draft.items() if "footer" not in path)
    assert not any("ENTWURF" in words(root) for root in final.values())
    assert "under discussion" in words(draft["word/document.xml"])
    both = written_parts(agreement_bytes([agreement("en", draft=False), agreement("de")]))
    assert "DRAFT / ENTWURF" in words(both["word/header1.xml"])


def test_what_is_missing_is_marked() -> None:
    root = part(agreement_bytes(FORMS["draft"]), "word/document.xml")
    marked = [words(run) for run in root.iter(name("r")) if values(run, "highlight")]
    assert marked == ["[class and subject?]", "[date?]"]
    text = replace(agreement(), preamble=[[Run("", missing=True), Run("Who signs?", missing=True)]], sections=[])
    shown = words(part(agreement_bytes([text]), "word/document.xml"))
    assert "[…?][Who signs?]" in shown
    assert WORDS["en"]["notice.missing"] in shown
    complete = replace(text, preamble=[])
    assert WORDS["en"]["notice.missing"] not in words(part(agreement_bytes([complete]), "word/document.xml"))


def test_footers_count_pages_with_complete_fields() -> None:
    parts = written_parts(agreement_bytes(FORMS["bilingual"]))
    for path in ("word/footer1.xml", "word/footer2.xml"):
        codes = [(code.text or "").strip() for code in parts[path].iter(name("instrText"))]
        assert codes == ["PAGE", "NUMPAGES"] * 2
        assert "Seite 1 von 1 · Page 1 of 1" in words(parts[path])


def test_tables_repeat_their_head_and_keep_rows_whole() -> None:
    long = Table(head=["A", "B"], rows=[["1", "x" * 5_000], ["2", "short"], ["3"]])
    text = replace(agreement(), sections=[], annexes=[replace(agreement().annexes[0], tables=[long])])
    data = agreement_bytes([text])
    assert defects(data) == []
    table = list(part(data, "word/document.xml").iter(name("tbl")))[-1]
    rows = list(table.iter(name("tr")))
    assert [bool(values(row, "tblHeader")) or row.find(f".//{name('tblHeader')}") is not None for row in rows] == [
        True, False, False, False,
    ]  # fmt: skip
    assert [row.find(f".//{name('cantSplit')}") is not None for row in rows] == [True, False, True, True]
    captions = [p for p in part(data, "word/document.xml").iter(name("p")) if values(p, "pStyle") == ["Caption"]]
    assert captions == []
    assert values(part(agreement_bytes([agreement()]), "word/document.xml"), "pStyle").count("Caption") == 2


def test_signatures_stay_together_with_the_last_clause() -> None:
    root = part(agreement_bytes(FORMS["draft"]), "word/document.xml")
    clause = list(root.iter(name("sdt")))[-1]
    assert list(clause.iter(name("p")))[-1].find(f"{name('pPr')}/{name('keepNext')}") is not None
    table = next(t for t in root.iter(name("tbl")) if "For the school" in words(t))
    rows = list(table.iter(name("tr")))
    held = [all(p.find(f".//{name('keepNext')}") is not None for p in row.iter(name("p"))) for row in rows]
    assert held == [True] * (len(rows) - 1) + [False]
    assert all(row.find(f".//{name('cantSplit')}") is not None for row in rows)


def test_properties_say_what_was_passed_in(tmp_path: Path) -> None:
    made = datetime(2026, 5, 14, 10, 30, tzinfo=UTC)
    text = replace(agreement("de"), title="T" * 400, author="Ayşe \x00Yıldız", made_at=made)
    properties = docx.Document(str(write_agreement([text], tmp_path / "a.docx"))).core_properties
    assert properties.title == "T" * 254 + "…"
    assert properties.author == "Ayşe Yıldız"
    assert properties.language == "de-DE"
    assert properties.created == made
    assert docx.Document(str(write_agreement([agreement()], tmp_path / "b.docx"))).core_properties.created is None


def test_a_logo_has_words_for_those_who_do_not_see_it(tmp_path: Path) -> None:
    logo = Picture(data=png(2_000, 10), alt="Logo of the association")
    path = write_agreement([replace(agreement(), logo=logo, letterhead=["Our name"])], tmp_path / "a.docx")
    assert defects(path.read_bytes()) == []
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    header = docx.Document(str(path)).sections[0].first_page_header
    drawing = header.part.element.find(".//{*}docPr")
    assert drawing is not None
    assert drawing.get("descr") == "Logo of the association"
    extent = header.part.element.find(".//{*}extent")
    assert extent is not None
    assert int(extent.get("cx", "")) == 7 * 360_000


@pytest.mark.parametrize("data", [b"", b"<svg/>", png()[:20], b"\xff\xd8\xff\xe0\x00\x10JFIF"])
def test_a_broken_logo_is_said_and_nothing_written(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="PNG or JPEG"):
        write_agreement([replace(agreement(), logo=Picture(data=data, alt=""))], tmp_path / "a.docx")
    assert list(tmp_path.iterdir()) == []


def test_languages_may_differ_in_clauses_paragraphs_and_signatures() -> None:
    german, english = agreement("de"), agreement("en")
    first, second, third = english.sections
    english = replace(
        english,
        sections=[replace(third, id=UUID(int=9)), replace(first, paragraphs=first.paragraphs[:1]), second],
        signatures=english.signatures[:1],
        annexes=[],
        preamble=[],
        parties=[],
    )
    data = agreement_bytes([german, english])
    assert defects(data) == []
    tags = values(part(data, "word/document.xml"), "tag")
    assert tags == [clause_tag(clause_id(n)) for n in (1, 2, 3)] + [clause_tag(UUID(int=9))]


@pytest.mark.parametrize("count", [0, 3])
def test_other_than_one_or_two_languages_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="one or two"):
        agreement_bytes([agreement()] * count)


def test_an_existing_file_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"old")
    with pytest.raises(BadInput, match="already"):
        write_agreement([agreement()], path)
    assert path.read_bytes() == b"old"
    write_agreement([agreement()], path, force=True)
    assert path.read_bytes()[:2] == b"PK"


def _shown(texts: Sequence[AgreementText]) -> str:
    data = agreement_bytes(texts)
    assert defects(data) == []
    return words(part(data, "word/document.xml"))


@pytest.mark.parametrize(
    "text",
    [
        "{{ name }} {page}",
        "<w:p>&amp;</w:p>]]>",
        "\u202eright\u202c to \u200fleft",
        "👩‍🏫🏳️‍🌈",
        "a\tb\nc",
        "  two  spaces ",
        "é" * 20_000,
    ],
)
def test_texts_come_out_as_they_are(text: str) -> None:
    section = replace(agreement().sections[0], paragraphs=[[Run(text)]])
    assert text in _shown([replace(agreement(), sections=[section])])


def test_what_no_file_can_hold_is_dropped() -> None:
    section = replace(agreement().sections[0], paragraphs=[[Run("a\x00b\ud800c\ufffe\uffffd\x1b")]])
    assert "abcd" in _shown([replace(agreement(), sections=[section])])


@pytest.mark.parametrize(
    ("before", "after", "defect"),
    [
        (b'w:pStyle w:val="Note"', b'w:pStyle w:val="Nowhere"', "dangling style"),
        (b'w:numId w:val="2"', b'w:numId w:val="99"', "dangling number"),
        (b'w:lang w:val="de-DE"', b'w:lang w:val="German"', "language"),
        (b"w:bookmarkEnd", b"w:bookmarkStart", "bookmarks"),
        (b'w:id w:val="1000002"', b'w:id w:val="1000001"', "doubled id"),
    ],
)
def test_the_checks_see_such_defects(before: bytes, after: bytes, defect: str) -> None:
    data = _tampered(agreement_bytes(FORMS["bilingual"]), "word/document.xml", before, after)
    assert any(defect in found for found in defects(data))


def test_the_checks_see_an_open_field() -> None:
    data = agreement_bytes(FORMS["draft"])
    data = _tampered(data, "word/footer1.xml", b'w:fldCharType="end"', b'w:fldCharType="separate"')
    assert any("open field" in found for found in defects(data))


def _tampered(data: bytes, path: str, before: bytes, after: bytes) -> bytes:
    """The file with some bytes of one part changed."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(result, "w") as changed:
        for member in package.namelist():
            content = package.read(member)
            if member == path:
                assert before in content
                content = content.replace(before, after)
            changed.writestr(member, content)
    return result.getvalue()


_ANY = st.text(st.characters(), max_size=60)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=_ANY, title=_ANY, missing=st.booleans(), both=st.booleans())
def test_any_text_makes_a_sound_file(text: str, title: str, missing: bool, both: bool) -> None:
    small = agreement()
    section = replace(small.sections[0], title=title, state_label=text, paragraphs=[[Run(text, missing)], []])
    table = Table(caption=text, head=[text], rows=[[text, [Run(text, missing)]], []])
    changed = replace(
        small, title=title, kind_label=text, subtitle=text, sections=[replace(section, tables=[table])], header=text,
        footer=text, letterhead=[text], notice=text, author=text, preamble=[[Run(text)]],
    )  # fmt: skip
    shown = _shown([changed, agreement("de")] if both else [changed])
    if not missing:
        assert printable(text) in shown
