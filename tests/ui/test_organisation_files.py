"""Our letterhead and logo on the settings page: chosen, shown, replaced, removed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx import Document
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from cocivic_desktop.domain.organisations import FilePurpose, Organisation
from cocivic_desktop.services import organisation_files, records
from cocivic_desktop.ui.pages.settings_page import SettingsPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.ui.context import Context

LOGO, LETTERHEAD = FilePurpose.LOGO, FilePurpose.LETTERHEAD


@pytest.fixture
def page(qtbot: QtBot, context: Context, partnership: Partnership) -> Iterator[SettingsPage]:
    made = SettingsPage(context)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


def picture(folder: Path, name: str, width: int = 300) -> Path:
    image = QImage(width, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("#1F6F63"))
    assert image.save(str(folder / name))
    return folder / name


@pytest.mark.parametrize(("name", "media_type"), [("logo.png", "image/png"), ("logo.jpg", "image/jpeg")])
def test_a_logo_is_kept_and_shown(
    qtbot: QtBot, page: SettingsPage, context: Context, tmp_path: Path, name: str, media_type: str
) -> None:
    card = page.ui.filesCard
    assert card.names[LOGO].text() == "none chosen"
    card.choose(LOGO, picture(tmp_path, name))
    kept = organisation_files.chosen(context.workspace, LOGO)
    assert kept is not None
    assert kept.media_type == media_type
    assert card.names[LOGO].text() == f"{name} · 1 kB" or card.names[LOGO].text().startswith(f"{name} · ")
    shown = card.thumbnails[LOGO].pixmap()
    assert (shown.width(), shown.height()) == (120, 40)
    assert card.choose_buttons[LOGO].text() == "Replace…"
    context.workspace.undo()
    qtbot.waitUntil(lambda: card.names[LOGO].text() == "none chosen")


def test_a_letterhead_is_kept_and_removed(page: SettingsPage, context: Context, tmp_path: Path) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Green Harbour"
    path = tmp_path / "Letterhead.docx"
    document.save(str(path))
    card = page.ui.filesCard
    card.choose(LETTERHEAD, path)
    assert card.names[LETTERHEAD].text().startswith("Letterhead.docx · ")
    assert organisation_files.letterhead(context.workspace) == path.read_bytes()
    card.remove_buttons[LETTERHEAD].click()
    assert card.names[LETTERHEAD].text() == "none chosen"
    assert organisation_files.letterhead(context.workspace) is None


def test_what_cannot_be_used_is_said_and_the_one_before_stays(
    page: SettingsPage, context: Context, tmp_path: Path
) -> None:
    card = page.ui.filesCard
    card.choose(LOGO, picture(tmp_path, "logo.png"))
    other = tmp_path / "other.png"
    other.write_bytes(b"GIF89a nothing")
    card.choose(LOGO, other)
    assert "other.png" in card.problem_label.text()
    assert card.names[LOGO].text().startswith("logo.png")
    card.choose(LETTERHEAD, other)
    assert "no letterhead that can be used" in card.problem_label.text()
    card.choose(LOGO, tmp_path / "gone.png")
    assert card.problem_label.text().startswith("× The file could not be read")
    card.choose(LOGO, picture(tmp_path, "second.png"))
    assert card.problem_label.isHidden()
    assert card.names[LOGO].text().startswith("second.png")


def test_the_words_of_the_logo_and_the_lines_are_stored(page: SettingsPage, context: Context) -> None:
    card = page.ui.filesCard
    QTest.keyClicks(card.logo, "A lighthouse")
    QTest.keyClicks(card.letterhead, "Quay 1, Kiel")
    assert page.files_form.flush()
    (ours,) = records.find(context.workspace, Organisation, is_ours=True)
    assert (ours.logo, ours.letterhead) == ("A lighthouse", "Quay 1, Kiel")


def test_every_button_says_what_it_is_for(page: SettingsPage) -> None:
    card = page.ui.filesCard
    assert card.choose_buttons[LOGO].accessibleName() == "Choose: Logo (PNG or JPEG)"
    assert card.remove_buttons[LETTERHEAD].accessibleName() == "Remove: Letterhead (.docx)"
