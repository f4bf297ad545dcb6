"""Our base document: opened, given its properties, language, headers and footers, and turned into bytes.

The base itself (styles, numbering, page) is `resources/templates/base.docx`, made by `installer/make_base_document.py`.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC
from typing import TYPE_CHECKING

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.shared import Mm

from cocivic_desktop.documents.content import AgreementText, Picture, SimpleDocument
from cocivic_desktop.documents.letterhead import Base, base_document, fit_tables
from cocivic_desktop.documents.wml import (
    Element,
    W,
    language_tag,
    name,
    one_line,
    page_numbers,
    paragraph,
    printable,
    run,
    runs,
    shortened,
)
from cocivic_desktop.domain.errors import BadInput

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import _BaseHeaderFooter

_WIDEST_LOGO = Mm(70)
_LONGEST_PROPERTY = 255
_LONGEST_HEADER = 80
_LONGEST_FOOTER = 90


def new_document(texts: Sequence[AgreementText | SimpleDocument], mark: str = "") -> Document:
    """An empty document in the language of the first text, with headers and footers in all languages.

    It is written on the first text's letterhead file, if there is one: its heads and feet stay, and get the mark
    and, where they count no pages, the page number. `mark` stands on the right of every header, such as DRAFT.
    Raises `BadInput` for a logo or a letterhead that cannot be read.
    """
    base = base_document(texts[0].letterhead_file)
    document = base.document
    _set_language(document, texts[0].language)
    _set_properties(document, texts)
    section = document.sections[0]
    title = " / ".join(_distinct([t.header or t.title for t in texts]))
    if "header-first" in base.worn:
        _add_mark(section.first_page_header, mark, texts)
    elif base.worn:
        _replace(section.first_page_header, [_header_line("", mark, texts)])
    else:
        _fill_first_header(section.first_page_header, texts[0], mark)
    if "header-default" in base.worn:
        _add_mark(section.header, mark, texts)
    else:
        _replace(section.header, [_header_line(title, mark, texts)])
    _fill_footers(base, texts)
    return document


def put(document: Document, content: Sequence[Element]) -> bytes:
    """Put the content before the document's last section mark, tables as wide as its text, and give the whole file."""
    section = document.element.body[-1]
    fit_tables(content, Base(document).text_width)
    for element in content:
        section.addprevious(element)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def title_block(texts: Sequence[AgreementText | SimpleDocument]) -> list[Element]:
    """Kind, title and subtitle on top of the first page; the second language stands smaller."""
    result = []
    kinds = [run(one_line(text.kind_label), text.language) for text in texts if one_line(text.kind_label)]
    if kinds:
        parts = [kinds[0]] + [part for kind in kinds[1:] for part in (run(" · ", texts[0].language), kind)]
        result.append(paragraph("Kind", parts))
    for index, text in enumerate(texts):
        if index == 0 or one_line(text.title) != one_line(texts[0].title):
            result.append(paragraph("SecondTitle" if index else "Title", [run(one_line(text.title), text.language)]))
    said: set[str] = set()
    for text in texts:
        lines = [line for line in text.subtitle.split("\n") if line and line not in said]
        if lines:
            result.append(paragraph("Subtitle", runs("\n".join(lines), text.language)))
        said.update(lines)
    return result


def _set_language(document: Document, language: str) -> None:
    tag = language_tag(language)
    _only(document.styles.element, f".//{{{W}}}docDefaults//{{{W}}}lang").set(f"{{{W}}}val", tag)
    _only(document.settings.element, f"{{{W}}}themeFontLang").set(f"{{{W}}}val", tag)


def _only(root: Element, path: str) -> Element:
    found = root.find(path)
    if found is None:
        raise BadInput("The base document is damaged. Please install the application again.")
    return found


def _set_properties(document: Document, texts: Sequence[AgreementText | SimpleDocument]) -> None:
    """Title, kind, author, languages and moments. Only what was passed in: the writer knows no clock."""
    first, properties = texts[0], document.core_properties
    properties.title = shortened(first.title, _LONGEST_PROPERTY)
    properties.subject = shortened(first.kind_label, _LONGEST_PROPERTY)
    properties.author = shortened(first.author, _LONGEST_PROPERTY)
    properties.language = shortened(", ".join(language_tag(text.language) for text in texts), _LONGEST_PROPERTY)
    if first.made_at:
        properties.created = properties.modified = first.made_at.astimezone(UTC)


def _fill_first_header(header: _BaseHeaderFooter, text: AgreementText | SimpleDocument, mark: str) -> None:
    lines = [line for line in map(one_line, text.letterhead) if line]
    content = [_header_line(line, "" if index else mark, [text]) for index, line in enumerate(lines)]
    _replace(header, content or [_header_line("", mark, [text])])
    if text.logo:
        _put_logo(header, text.logo)


def _fill_footers(base: Base, texts: Sequence[AgreementText | SimpleDocument]) -> None:
    """Our footer; below a letterhead's own only the page number where it has none, and none on its first page."""
    section = base.document.sections[0]
    if "footer-first" not in base.worn:
        _replace(section.first_page_footer, [_footer_line(texts)])
    if "footer-default" not in base.worn:
        _replace(section.footer, [_footer_line(texts)])
    elif not _counts_pages(section.footer.part.element):
        section.footer.part.element.append(paragraph("Footer", _page_number(texts), right=True))


def _counts_pages(footer: Element) -> bool:
    codes = [code.text or "" for code in footer.iter(name("instrText"))]
    codes += [field.get(name("instr"), "") for field in footer.iter(name("fldSimple"))]
    return any("PAGE" in code.upper().split() for code in codes)


def _add_mark(header: _BaseHeaderFooter, mark: str, texts: Sequence[AgreementText | SimpleDocument]) -> None:
    if mark:
        mark_run = run(mark, texts[0].language, style="Mark")
        header.part.element.append(paragraph("Header", [mark_run], right=True))


def _put_logo(header: _BaseHeaderFooter, logo: Picture) -> None:
    """The logo in a paragraph of its own, above the letterhead, at most 7 cm wide."""
    place = header.add_paragraph(style="Header")
    header.part.element.insert(0, place._p)
    try:
        shape = place.add_run().add_picture(io.BytesIO(logo.data), height=Mm(logo.height_mm))
    except (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError, ZeroDivisionError) as error:
        raise BadInput("The logo is no picture that a document can hold. Please choose a PNG or JPEG file.") from error
    if shape.width > _WIDEST_LOGO:
        shape.height = Mm(logo.height_mm * _WIDEST_LOGO / shape.width)
        shape.width = _WIDEST_LOGO
    properties = shape._inline.docPr
    properties.set("descr", one_line(logo.alt))
    properties.set("name", "Logo")


def _header_line(words: str, mark: str, texts: Sequence[AgreementText | SimpleDocument]) -> Element:
    language = texts[0].language
    content = [run(shortened(words, _LONGEST_HEADER), language)] if words else []
    if mark:
        content += [run("\t", language), run(mark, language, style="Mark")]
    return paragraph("Header", content)


def _footer_line(texts: Sequence[AgreementText | SimpleDocument]) -> Element:
    first = texts[0]
    content = [run(shortened(" / ".join(_distinct([t.footer for t in texts])), _LONGEST_FOOTER), first.language)]
    return paragraph("Footer", [*content, run("\t", first.language), *_page_number(texts)])


def _page_number(texts: Sequence[AgreementText | SimpleDocument]) -> list[Element]:
    content: list[Element] = []
    for index, text in enumerate(texts):
        if index:
            content.append(run(" · ", texts[0].language))
        content += page_numbers(printable(text.words["document.page"]), text.language)
    return content


def _replace(part: _BaseHeaderFooter, content: Sequence[Element]) -> None:
    root = part.part.element
    for child in list(root):
        root.remove(child)
    root.extend(content)


def _distinct(words: Sequence[str]) -> list[str]:
    return [word for word in dict.fromkeys(map(one_line, words)) if word]
