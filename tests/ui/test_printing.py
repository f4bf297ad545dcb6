"""An agreement on pages: the PDF holds every word, counts its pages, and is black on white in any theme."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPageLayout, QPainter, QPalette
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QApplication

from cocivic_desktop.documents.content import Picture
from cocivic_desktop.domain.agreements import Agreement
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.services import drafts, records
from cocivic_desktop.services.agreement_text import agreement_text
from cocivic_desktop.ui.pages.agreement.output import AgreementOutput
from cocivic_desktop.ui.printing.agreement_html import agreement_html
from cocivic_desktop.ui.printing.pages import layout, paper_of, set_up, show_preview, write_pdf
from tests.documents.letterheads import letterhead, picture

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from cocivic_desktop.documents.content import AgreementText
    from cocivic_desktop.store.workspace import Workspace
    from cocivic_desktop.ui.context import Context

needs_pdftotext = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")


@pytest.fixture
def workspace(sample_workspace: Workspace) -> Workspace:
    """These tests are about the sample."""
    return sample_workspace


@pytest.fixture
def texts(workspace: Workspace) -> list[AgreementText]:
    draft = drafts.draft(workspace, records.find(workspace, Agreement)[0].id)
    return [agreement_text(draft, language) for language in ("en", "de")]


def words_of(path: Path) -> str:
    found = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    return found.stdout


def squeezed(text: str) -> str:
    return "".join(normalize("NFKC", text).split())


@needs_pdftotext
@pytest.mark.usefixtures("qtbot")
def test_the_pdf_holds_every_clause_and_counts_its_pages(texts: list[AgreementText], tmp_path: Path) -> None:
    path = write_pdf(texts[:1], tmp_path / "a.pdf")
    assert path.read_bytes().startswith(b"%PDF")
    assert path.stat().st_mode & 0o777 == 0o600
    words = words_of(path)
    pages = words.split("\f")[:-1]
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert texts[0].words["document.page"].format(page=number, pages=len(pages)) in page
        assert "DRAFT" in page
    together = squeezed(words)
    for clause in texts[0].sections:
        assert squeezed(f"{clause.number}.{clause.title}") in together, clause.title
    for annex in texts[0].annexes:
        assert squeezed(annex.title) in together


@needs_pdftotext
@pytest.mark.usefixtures("qtbot")
def test_two_languages_stand_beside_each_other(texts: list[AgreementText], tmp_path: Path) -> None:
    words = words_of(write_pdf(texts, tmp_path / "b.pdf"))
    line = next(line for line in words.splitlines() if texts[0].sections[2].title in line)
    assert texts[1].sections[2].title in line
    assert "DRAFT / ENTWURF" in words


@pytest.mark.usefixtures("qtbot")
def test_no_heading_ends_a_page(texts: list[AgreementText]) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    set_up(printer)
    document, _ = layout(texts[:1], paper_of(texts[:1]), printer)
    height, places = document.pageSize().height(), document.documentLayout()
    headings = 0
    block = document.begin()
    while block.isValid():
        following = block.next()
        if block.blockFormat().headingLevel() == 2 and following.isValid():
            headings += 1
            tops = [places.blockBoundingRect(one).top() for one in (block, following)]
            assert tops[0] // height == tops[1] // height, block.text()
        block = following
    assert headings >= len(texts[0].sections)


@pytest.mark.usefixtures("qtbot")
def test_the_letterhead_that_the_docx_wears_is_printed(texts: list[AgreementText], tmp_path: Path) -> None:
    on_paper = [replace(texts[0], letterhead_file=letterhead(page_numbers=True), letterhead=["Typed line"])]
    paper = paper_of(on_paper)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    set_up(printer, paper)
    document, _ = layout(on_paper, paper, printer)
    assert "Typed line" not in document.toPlainText()  # the file has a head of its own
    count = document.pageCount()
    pages = []
    for number in (1, 2):
        image = QImage(595, 842, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        room = paper.paint(painter, number, count)
        painter.end()
        pages.append(image)
    logo = QColor(0x1F, 0x6F, 0x63)
    assert pages[0].pixelColor(70, 50) == logo, "the picture in the head of the first page"
    assert pages[1].pixelColor(70, 50) != logo
    assert room.top() > 45 / 25.4 * 72 - 1, "below the head"
    if shutil.which("pdftotext"):
        words = words_of(write_pdf(on_paper, tmp_path / "worn.pdf")).split("\f")
        assert "Am Kai 3" in words[0] and "IBAN DE00" in words[0] and "DRAFT" in words[0]
        assert "Am Kai 3" not in words[1] and "Grüner Hafen e. V." in words[1]
        assert words[1].split()[-1] == "2", "the letterhead's own page number"


@pytest.mark.usefixtures("qtbot")
def test_a_letterhead_of_another_size_gives_the_page(texts: list[AgreementText]) -> None:
    on_paper = [replace(texts[0], letterhead_file=letterhead(letter_size=True, first_page=False))]
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    set_up(printer, paper_of(on_paper))
    size = printer.pageLayout().fullRect(QPageLayout.Unit.Millimeter)
    assert (round(size.width()), round(size.height())) == (216, 279)


@pytest.mark.usefixtures("qtbot")
def test_the_logo_stands_above_an_agreement(texts: list[AgreementText]) -> None:
    html = agreement_html([replace(texts[0], logo=Picture(data=picture(), alt="Logo"))])
    assert "data:image/png;base64," in html


@pytest.mark.usefixtures("qtbot")
def test_ink_is_black_in_a_dark_theme(texts: list[AgreementText], tmp_path: Path) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    before, dark = app.palette(), QPalette(QColor("#1B1E20"))
    light = write_pdf(texts[:1], tmp_path / "light.pdf")
    try:
        app.setPalette(dark)
        other = write_pdf(texts[:1], tmp_path / "dark.pdf")
    finally:
        app.setPalette(before)
    assert abs(light.stat().st_size - other.stat().st_size) < 64, "colours are part of the page's instructions"


def test_text_that_looks_like_markup_comes_out_as_it_is(texts: list[AgreementText]) -> None:
    odd = "<script>alert(1)</script> {{ x }} & <b>"
    html = agreement_html([replace(texts[0], title=odd)])
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ x }} &amp; &lt;b&gt;" in html
    assert "<script>" not in html


@pytest.mark.usefixtures("qtbot")
def test_a_folder_that_is_not_there_is_said(texts: list[AgreementText], tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nowhere"):
        write_pdf(texts[:1], tmp_path / "nowhere" / "a.pdf")
    assert not (tmp_path / "nowhere").exists()


def test_the_preview_shows_the_pages(texts: list[AgreementText], qtbot: QtBot) -> None:
    from PySide6.QtPrintSupport import QPrintPreviewWidget
    from PySide6.QtWidgets import QWidget

    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = show_preview(texts[:1], parent)
    widget = dialog.findChild(QPrintPreviewWidget)
    assert widget is not None
    qtbot.waitUntil(lambda: widget.pageCount() > 3)
    assert dialog.windowTitle() == texts[0].title
    dialog.close()


def test_the_page_saves_word_and_pdf_in_the_languages_chosen(
    context: Context, texts: list[AgreementText], qtbot: QtBot, tmp_path: Path
) -> None:
    from PySide6.QtWidgets import QPushButton, QWidget

    window, button = QWidget(), QPushButton()
    qtbot.addWidget(window)
    agreement_id = records.find(context.workspace, Agreement)[0].id
    output = AgreementOutput(context, button, lambda: (agreement_id, "en", "de"), window)
    assert [action.text() for action in button.menu().actions()] == [
        "Save for &Word (DOCX)…", "Save as &PDF…", "P&rint…",
    ]  # fmt: skip
    output.save(tmp_path / "a.docx")
    output.save_pdf(tmp_path / "a.pdf")
    qtbot.waitUntil(lambda: (tmp_path / "a.docx").exists() and (tmp_path / "a.pdf").exists(), timeout=30_000)
    assert (tmp_path / "a.docx").read_bytes().startswith(b"PK")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    title = texts[0].header
    assert title
    output.show_print_preview()
    qtbot.waitUntil(lambda: window.findChild(QPrintPreviewDialog) is not None, timeout=30_000)
    preview = window.findChild(QPrintPreviewDialog)
    assert preview is not None
    preview.close()
