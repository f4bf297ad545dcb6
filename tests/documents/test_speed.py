"""Writing twelve pages takes at most 1.5 times as long as python-docx needs for the same words."""

from __future__ import annotations

import io
from collections.abc import Callable
from time import process_time

import docx
import docx.document

from cocivic_desktop.documents.agreement_docx import agreement_bytes
from cocivic_desktop.documents.content import AgreementText, Cell, Table
from tests.documents.samples import long_agreement


def with_python_docx(text: AgreementText) -> bytes:
    """The same headings, paragraphs and tables, straight from python-docx's own template."""
    document = docx.Document()
    document.add_heading(text.title, 0)
    for party in text.parties:
        document.add_paragraph("\n".join([party.name, *party.lines]))
    for clause in text.sections:
        document.add_heading(clause.title, 1)
        for paragraph in clause.paragraphs:
            added = document.add_paragraph()
            for run in paragraph:
                added.add_run(run.text)
        for table in clause.tables:
            _table(document, table)
    for annex in text.annexes:
        document.add_heading(annex.title, 1)
        for table in annex.tables:
            _table(document, table)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _table(document: docx.document.Document, content: Table) -> None:
    document.add_paragraph(content.caption)
    table = document.add_table(1 + len(content.rows), len(content.head))
    for row, cells in zip(table.rows, [content.head, *content.rows], strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = _words(text)


def _words(cell: Cell) -> str:
    return cell if isinstance(cell, str) else "".join(run.text for run in cell)


def _seconds(write: Callable[[], bytes]) -> float:
    """The best of seven, in processor time."""
    times = []
    for _ in range(7):
        start = process_time()
        write()
        times.append(process_time() - start)
    return min(times)


def test_twelve_pages_are_written_fast() -> None:
    text = long_agreement()
    agreement_bytes([text])
    ours = _seconds(lambda: agreement_bytes([text]))
    theirs = _seconds(lambda: with_python_docx(text))
    print(f"ours {ours:.3f} s, python-docx {theirs:.3f} s, ratio {ours / theirs:.2f}")
    assert ours <= 1.5 * theirs
