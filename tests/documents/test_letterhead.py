"""Documents on an organisation's own paper: its head, foot and page, our text and styles."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import docx_integrity
import pytest
from openxml_audit import OpenXmlValidator

from cocivic_desktop.documents.agreement_docx import agreement_bytes
from cocivic_desktop.documents.hostile import RefusedFile
from cocivic_desktop.documents.letterhead import base_document
from cocivic_desktop.documents.plain_docx import simple_bytes
from cocivic_desktop.documents.wml import name
from tests.documents.letterheads import letterhead, picture, with_head
from tests.documents.parts import part, values, words
from tests.documents.samples import agenda, agreement


def heads(data: bytes) -> dict[str, str]:
    """Words of the heads and feet that the pages of a file have, by kind such as "header-first"."""
    section = docx.Document(io.BytesIO(data)).sections[0]
    stories = {
        "header-default": section.header,
        "footer-default": section.footer,
        "header-first": section.first_page_header,
        "footer-first": section.first_page_footer,
    }
    return {kind: words(story.part.element).strip() for kind, story in stories.items()}


def check(data: bytes, folder: Path) -> None:
    """No validator finds anything, and no style is missing."""
    path = folder / "made.docx"
    path.write_bytes(data)
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    assert [str(finding) for finding in docx_integrity.check(path)] == []
    known = values(part(data, "word/styles.xml"), "style", "styleId")
    assert len(known) == len(set(known))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        stories = [n for n in package.namelist() if n.startswith("word/letterhead") and n.endswith(".xml")]
    for story in stories:
        root = part(data, story)
        used = {value for tag in ("pStyle", "rStyle", "tblStyle") for value in values(root, tag)}
        assert used <= {*known}, story
        assert all(paragraph.find(f"{name('pPr')}/{name('pStyle')}") is not None for paragraph in root.iter(name("p")))


@pytest.mark.parametrize("letter_size", [False, True])
@pytest.mark.parametrize("first_page", [False, True])
def test_a_letter_on_own_paper(first_page: bool, letter_size: bool, tmp_path: Path) -> None:
    paper = letterhead(first_page=first_page, letter_size=letter_size)
    data = simple_bytes(replace(agenda(), letterhead_file=paper))
    check(data, tmp_path)
    found = heads(data)
    own = "first" if first_page else "default"
    assert found[f"header-{own}"] == "Grüner Hafen e. V. · Am Kai 3 · 24103 Kiel"
    assert "IBAN DE00" in found[f"footer-{own}"]
    assert "Page 1 of 1" in found["footer-default"], "numbered where the paper counts no pages"
    if first_page:
        assert "Page" not in found["footer-first"]
    text = words(part(data, "word/document.xml"))
    assert "First meeting with the school" in text and "Dear Sir" not in text
    made, given = docx.Document(io.BytesIO(data)).sections[0], docx.Document(io.BytesIO(paper)).sections[0]
    for measure in ("page_width", "page_height", "left_margin", "top_margin", "bottom_margin", "header_distance"):
        assert getattr(made, measure) == getattr(given, measure), measure
    assert made.different_first_page_header_footer is first_page


def test_our_styles_stay_and_theirs_stand_beside_them() -> None:
    plain = part(simple_bytes(agenda()), "word/styles.xml")
    made = part(simple_bytes(replace(agenda(), letterhead_file=letterhead())), "word/styles.xml")
    ours = {style.get(name("styleId")): style for style in plain.iter(name("style"))}
    found = {style.get(name("styleId")): style for style in made.iter(name("style"))}
    assert {key for key in found if key and not key.startswith("LH")} == set(ours)
    assert words(found["Heading1"]) == words(ours["Heading1"])
    assert values(found["Heading1"], "color") == values(ours["Heading1"], "color")
    assert values(found["Normal"], "rFonts", "ascii") == ["Calibri"], "said outright, now that theirs are the defaults"
    assert values(found["Normal"], "sz") == ["21"]
    assert values(found["Normal"], "lang") == []
    assert values(found["LHHeader"], "color") == ["A3262A"]
    assert values(found["LHNormal"], "rFonts", "ascii") == ["Georgia"]
    assert sum(style.get(name("default")) == "1" for style in found.values()) == 4


def test_the_picture_comes_along_once() -> None:
    data = simple_bytes(replace(agenda(), letterhead_file=letterhead()))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        pictures = [n for n in package.namelist() if n.startswith("word/media/")]
        assert [package.read(n) for n in pictures] == [picture()]


def test_tables_are_as_wide_as_the_paper_allows() -> None:
    data = simple_bytes(replace(agenda(), letterhead_file=letterhead(letter_size=True)))
    section = docx.Document(io.BytesIO(data)).sections[0]
    assert section.page_width and section.left_margin and section.right_margin
    room = (section.page_width - section.left_margin - section.right_margin) // 635
    root = part(data, "word/document.xml")
    tables = list(root.iter(name("tbl")))
    assert tables
    for table in tables:
        assert abs(int(values(table, "tblW", "w")[0]) - room) <= 3
        assert abs(sum(map(int, values(table, "gridCol", "w"))) - room) <= 3


def test_a_paper_that_counts_its_pages_is_left_alone() -> None:
    data = simple_bytes(replace(agenda(), letterhead_file=letterhead(page_numbers=True)))
    assert "Page" not in heads(data)["footer-default"]


def test_the_draft_mark_stands_on_every_page(tmp_path: Path) -> None:
    texts = [replace(agreement("en"), letterhead_file=letterhead())]
    data = agreement_bytes(texts)
    check(data, tmp_path)
    assert heads(data)["header-first"].endswith("DRAFT")
    assert heads(data)["header-default"].splitlines() == ["Grüner Hafen e. V.", "DRAFT"]


def test_paper_without_head_and_foot_gives_the_page_only() -> None:
    document = docx.Document()
    buffer = io.BytesIO()
    document.save(buffer)
    made = base_document(buffer.getvalue())
    assert made.worn == frozenset()
    assert made.document.sections[0].page_width == document.sections[0].page_width
    data = simple_bytes(replace(agenda(), letterhead_file=buffer.getvalue()))
    assert "Hafenstraße" in heads(data)["header-first"], "our own lines stand there then"


def test_nothing_is_fetched_or_linked_from_elsewhere(tmp_path: Path) -> None:
    drawing = (
        '<w:r><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="1" name="x"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="1" name="x"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="rId91"/></pic:blipFill>'
        "<pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        '<w:hyperlink r:id="rId92"><w:r><w:t>site</w:t></w:r></w:hyperlink>'
        '<w:hyperlink r:id="rId93"><w:r><w:t>local</w:t></w:r></w:hyperlink>'
        '<w:bookmarkStart w:id="1" w:name="clause_1"/><w:bookmarkEnd w:id="1"/>'
    )
    paper = with_head(
        drawing,
        related={
            "rId91": ("image", "https://example.org/spy.png"),
            "rId92": ("hyperlink", "https://example.org/"),
            "rId93": ("hyperlink", "file:///etc/passwd"),
        },
    )
    data = simple_bytes(replace(agenda(), letterhead_file=paper))
    check(data, tmp_path)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        relations = b"".join(package.read(n) for n in package.namelist() if n.endswith(".rels")).decode()
    assert "https://example.org/" in relations
    assert "spy.png" not in relations and "passwd" not in relations
    assert heads(data)["header-default"].splitlines()[-1] == "sitelocal"
    assert "bookmarkStart" not in "".join(element.tag for element in part(data, "word/letterhead1.xml").iter())


@pytest.mark.parametrize("data", [b"", b"no document", b"PK\3\4 broken", picture()])
def test_what_is_no_docx_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedFile):
        base_document(data)
