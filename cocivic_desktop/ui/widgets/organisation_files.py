"""Choosing our letterhead and our logo: what is kept, what it looks like, another one, none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from cocivic_desktop.domain.errors import BadInput, CoCivicError
from cocivic_desktop.domain.organisations import FilePurpose
from cocivic_desktop.services import organisation_files
from cocivic_desktop.ui import icons
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.texts.formats import number_text
from cocivic_desktop.ui.widgets.card import Card, label

if TYPE_CHECKING:
    from cocivic_desktop.domain.organisations import OrganisationFile
    from cocivic_desktop.ui.context import Context

THUMBNAIL = QSize(120, 48)


class OrganisationFiles(Card):
    """A card with a line for each file. `letterhead` and `logo` are fields for a `RecordForm` of our organisation."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, self.tr("Letterhead and logo"))
        self._context: Context | None = None
        self.names: dict[FilePurpose, QLabel] = {}
        self.thumbnails: dict[FilePurpose, QLabel] = {}
        self.choose_buttons: dict[FilePurpose, QPushButton] = {}
        self.remove_buttons: dict[FilePurpose, QPushButton] = {}
        hint = self.tr(
            "Documents are written on your letterhead: its head and foot stay as they are. Without one, the logo and "
            "the lines below stand on top of the first page."
        )
        self.body.addWidget(label(hint, "muted", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        self.body.addLayout(grid)
        titles = {
            FilePurpose.LETTERHEAD: self.tr("Letterhead (.docx)"),
            FilePurpose.LOGO: self.tr("Logo (PNG or JPEG)"),
        }
        for row, (purpose, title) in enumerate(titles.items()):
            self._add_line(grid, row, purpose, title)
        self.problem_label = label("", "error", wrap=True)
        self.problem_label.hide()
        self.body.addWidget(self.problem_label)
        self.logo, self.letterhead = QLineEdit(), QLineEdit()
        self.logo.setPlaceholderText(self.tr("For readers who cannot see it, e.g. a lighthouse in a wreath of leaves"))
        self.letterhead.setPlaceholderText(self.tr("Name, street, place, phone"))
        for number, (name, title, field) in enumerate(
            (
                ("logo", self.tr("What the logo shows"), self.logo),
                ("letterhead", self.tr("Lines on top where there is no letterhead"), self.letterhead),
            )
        ):
            field.setObjectName(name)
            word = label(title, "muted")
            word.setBuddy(field)
            grid.addWidget(word, number + len(titles), 0)
            grid.addWidget(field, number + len(titles), 1, 1, 3)

    def set_up(self, context: Context) -> None:
        """Say whose files these are; called once by the page."""
        self._context = context

    def reload(self) -> None:
        """Show what is kept."""
        if self._context is None:
            return
        for purpose in FilePurpose:
            kept = organisation_files.chosen(self._context.workspace, purpose)
            self.names[purpose].setText(_described(kept) if kept is not None else self.tr("none chosen"))
            self.remove_buttons[purpose].setVisible(kept is not None)
            self.choose_buttons[purpose].setText(self.tr("Replace…") if kept is not None else self.tr("Choose…"))
            self._show_thumbnail(purpose, kept)

    def ask(self, purpose: FilePurpose) -> None:
        """Ask for a file, and keep it."""
        if self._context is None:
            return
        endings = " ".join(f"*{suffix}" for suffix in organisation_files.SUFFIXES[purpose])
        kind = self.tr("Word documents") if purpose is FilePurpose.LETTERHEAD else self.tr("Pictures")
        folder = self._context.setting("organisation_files_folder", str(Path.home()))
        title = self.choose_buttons[purpose].accessibleName()
        name, _ = QFileDialog.getOpenFileName(self, title, folder, f"{kind} ({endings})")
        if name:
            self._context.settings.setValue("organisation_files_folder", str(Path(name).parent))
            self.choose(purpose, Path(name))

    def choose(self, purpose: FilePurpose, path: Path) -> None:
        """Keep a file, one step of undo; say beside it why it cannot be used."""
        if self._context is None:
            return
        try:
            with path.open("rb") as stream:
                data = stream.read(organisation_files.MAX_BYTES + 1)
            if purpose is FilePurpose.LOGO and len(data) <= organisation_files.MAX_BYTES:
                self._check_can_be_shown(path.name, data)
            organisation_files.choose(self._context.workspace, purpose, path.name, data)
        except (CoCivicError, OSError) as error:
            self._say(sentence(error))
            return
        self._say("")
        self.reload()

    def remove(self, purpose: FilePurpose) -> None:
        """Do without a file; undo brings it back."""
        if self._context is not None:
            self._context.attempt(organisation_files.remove, self._context.workspace, purpose)
            self._say("")
            self.reload()

    def changeEvent(self, event: QEvent) -> None:
        """Colour the icon anew with the theme."""
        if event.type() == QEvent.Type.PaletteChange and self._context is not None and self._context.is_open:
            self.reload()
        super().changeEvent(event)

    def _add_line(self, grid: QGridLayout, row: int, purpose: FilePurpose, title: str) -> None:
        word, name, thumbnail = label(title, "muted"), label("", "", wrap=True), QLabel()
        thumbnail.setFixedSize(THUMBNAIL)
        thumbnail.setAlignment(Qt.AlignmentFlag.AlignCenter)
        choose, remove = QPushButton(self.tr("Choose…")), QPushButton(self.tr("Remove"))
        remove.setProperty("look", "quiet")
        choose.setAccessibleName(self.tr("Choose: {what}").format(what=title))
        remove.setAccessibleName(self.tr("Remove: {what}").format(what=title))
        choose.clicked.connect(lambda: self.ask(purpose))
        remove.clicked.connect(lambda: self.remove(purpose))
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(remove)
        buttons.addWidget(choose)
        grid.addWidget(word, row, 0)
        grid.addWidget(thumbnail, row, 1)
        grid.addWidget(name, row, 2)
        grid.addLayout(buttons, row, 3)
        self.names[purpose], self.thumbnails[purpose] = name, thumbnail
        self.choose_buttons[purpose], self.remove_buttons[purpose] = choose, remove

    def _show_thumbnail(self, purpose: FilePurpose, kept: OrganisationFile | None) -> None:
        thumbnail, scale = self.thumbnails[purpose], self.devicePixelRatioF()
        thumbnail.clear()
        thumbnail.setAccessibleName("")
        thumbnail.setVisible(kept is not None)
        if kept is None:
            return
        if purpose is FilePurpose.LETTERHEAD:
            thumbnail.setPixmap(icons.pixmap("document", 32, "muted", scale))
            return
        image = QImage.fromData(kept.content)
        size = QSize(round(THUMBNAIL.width() * scale), round(THUMBNAIL.height() * scale))
        if image.width() > size.width() or image.height() > size.height():
            image = image.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(scale)
        thumbnail.setPixmap(QPixmap.fromImage(image))
        thumbnail.setAccessibleName(self.tr("The logo {name}").format(name=kept.file_name))

    def _check_can_be_shown(self, name: str, data: bytes) -> None:
        QImageReader.setAllocationLimit(256)
        if QImage.fromData(data).isNull():
            raise BadInput(self.tr("“{name}” cannot be shown. Please save the logo as PNG or JPEG.").format(name=name))

    def _say(self, text: str) -> None:
        self.problem_label.setText(f"× {text}" if text else "")
        self.problem_label.setVisible(bool(text))


def _described(kept: OrganisationFile) -> str:
    size = max(1, round(len(kept.content) / 1000))
    return f"{kept.file_name} · {number_text(size)} kB"
