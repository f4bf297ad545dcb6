"""Our base document: opened, given its properties, language, headers and footers, and turned into bytes.

The base itself (styles, numbering, page) is `resources/templates/base.docx`, made by `installer/make_base_document.py`.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC
from functools import cache
from typing import TYPE_CHECKING

import docx
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.shared import Mm

from cocivic_desktop import paths
from cocivic_desktop.documents.content import AgreementText, Picture, SimpleDocument
from cocivic_desktop.documents.wml import (
    Element,
    W,
    language_tag,
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

    `mark` stands on the right of every header, such as DRAFT. Raises `BadInput` for a logo that cannot be read.
    """
    document = docx.Document(io.BytesIO(_base()))
    _set_language(document, texts[0].language)
    _set_properties(document, texts)
    section = document.sections[0]
    _fill_first_header(section.first_page_header, texts[0], mark)
    _replace(section.header, [_header_line(" / ".join(_distinct([t.header or t.title for t in texts])), mark, texts)])
    for footer in (section.footer, section.first_page_footer):
        _replace(footer, [_footer_line(texts)])
    return document


def put(document: Document, content: Sequence[Element]) -> bytes:
    """Put the content before the document's last section mark and give the whole file."""
    section = document.element.body[-1]
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
    for index, text in enumerate(texts):
        if text.subtitle and text.subtitle not in [other.subtitle for other in texts[:index]]:
            result.append(paragraph("Subtitle", runs(text.subtitle, text.language)))
    return result


@cache
def _base() -> bytes:
    return (paths.resources() / "templates" / "base.docx").read_bytes()


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
    content.append(run("\t", first.language))
    for index, text in enumerate(texts):
        if index:
            content.append(run(" · ", first.language))
        content += page_numbers(printable(text.words["document.page"]), text.language)
    return paragraph("Footer", content)


def _replace(part: _BaseHeaderFooter, content: Sequence[Element]) -> None:
    root = part.part.element
    for child in list(root):
        root.remove(child)
    root.extend(content)


def _distinct(words: Sequence[str]) -> list[str]:
    return [word for word in dict.fromkeys(map(one_line, words)) if word]
