"""Writing all mails that are due: invitations, changes and cancellations, one draft per activity, into a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from cocivic_desktop._generated.forms.calendar_round import Ui_CalendarRoundDialog
from cocivic_desktop.services import invitation_rounds, letters
from cocivic_desktop.services.invitation_rounds import News, Pending
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.models.record_table import Chip
from cocivic_desktop.ui.pages.calendar.ticked_lines import TickedLine, TickedLines
from cocivic_desktop.ui.texts.formats import day_text

if TYPE_CHECKING:
    from uuid import UUID

    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.tasks import Progress

FOLDER = "invitations_folder"
"""Setting: where mails were last written to."""


class RoundDialog(QDialog):
    """Shows whose guests do not know yet how it stands, and writes to all that are ticked."""

    def __init__(
        self, context: Context, partnership_id: UUID, parent: QWidget | None = None, *, only: UUID | None = None
    ) -> None:
        """With `only`, what concerns this activity is ticked and stands first."""
        super().__init__(parent)
        self._only = only
        self.ui = ui = Ui_CalendarRoundDialog()
        ui.setupUi(self)
        self._context, self._partnership_id = context, partnership_id
        self._closed = self._filled = False
        self._folder = Path.home()
        ui.lines.setAccessibleName(self.tr("Activities"))
        self.lines: TickedLines[Pending] = TickedLines(
            ui.lines,
            [
                (self.tr("Activity"), 0),
                (self.tr("Next date"), 110),
                (self.tr("Dates"), 70),
                (self.tr("Standing"), 140),
                (self.tr("To"), 250),
            ],
            self._count,
        )
        self._languages = choices.written_languages()
        ui.languageBox.addItems([text for _, text in self._languages])
        wanted = letters.suggested_language(context.workspace, partnership_id)
        ui.languageBox.setCurrentIndex(next((n for n, one in enumerate(self._languages) if one[0] is wanted), 0))
        ui.folderLine.setText(context.setting(FOLDER) or str(Path.home()))
        for widget in (ui.problemLabel, ui.resultLabel, ui.progressBar, ui.openButton):
            widget.hide()
        ui.folderLine.textChanged.connect(lambda: self._count())
        ui.browseButton.clicked.connect(lambda: self._browse())
        ui.writeButton.clicked.connect(lambda: self.write())
        ui.closeButton.clicked.connect(lambda: self.reject())
        ui.openButton.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder))))
        self.finished.connect(self._close)
        self._count()
        self.resize(980, 560)
        self.load()

    def load(self) -> None:
        """Find out what is to be told, away from the GUI thread."""
        workspace, partnership_id, today = self._context.workspace, self._partnership_id, self._context.today()
        self._context.tasks.run(
            lambda: invitation_rounds.pending(workspace, partnership_id, today), self._show, self._failed
        )

    def write(self) -> None:
        """Write the drafts of what is ticked."""
        ui, workspace = self.ui, self._context.workspace
        chosen, language = self.lines.chosen(), self._languages[self.ui.languageBox.currentIndex()][0].value
        self._folder = folder = Path(ui.folderLine.text().strip()).expanduser()
        for widget in (ui.problemLabel, ui.resultLabel, ui.openButton):
            widget.hide()
        ui.progressBar.show()
        ui.writeButton.setEnabled(False)

        def work(progress: Progress) -> list[Path]:
            return invitation_rounds.write_round(workspace, chosen, folder, language, on_step=progress.step)

        self._context.tasks.run(work, self._written, self._failed, self._advance)

    def _advance(self, done: int, total: int, _: str) -> None:
        if not self._closed:
            self.ui.progressBar.setRange(0, max(1, total))
            self.ui.progressBar.setValue(done)

    def _written(self, files: list[Path]) -> None:
        text = (
            self.tr("1 mail written to {folder}.") if len(files) == 1 else self.tr("{count} mails written to {folder}.")
        )
        text = text.format(count=len(files), folder=self._folder)
        self._context.notify(text)
        self._context.settings.setValue(FOLDER, str(self._folder))
        if self._closed:
            return
        ui = self.ui
        ui.progressBar.hide()
        ui.resultLabel.setText(
            f"✓ {text} " + self.tr("Open each with your mail program and send it; then everybody knows.")
        )
        ui.resultLabel.show()
        ui.openButton.show()
        self.load()

    def _show(self, found: list[Pending]) -> None:
        if self._closed:
            return
        due = sorted((one for one in found if one.can_be_sent), key=lambda one: not self._meant(one))
        rest = [one for one in found if not one.can_be_sent]
        self.lines.show([self._line(number, one) for number, one in enumerate([*due, *rest], start=1)])
        self._filled = True
        self._count()

    def _line(self, number: int, one: Pending) -> TickedLine[Pending]:
        word, tone = {
            News.NEW: (self.tr("new"), "accent"),
            News.CHANGED: (self.tr("changed"), "warning"),
            News.CANCELLED: (self.tr("called off"), "bad"),
            News.REMOVED: (self.tr("no longer invited"), "bad"),
            News.SENT: (self.tr("sent"), "good"),
            News.NOBODY: (self.tr("nobody to tell"), "neutral"),
        }[one.news]
        names = ", ".join(person.name for person in one.guests.invited)
        if one.guests.without_address:
            missing = ", ".join(person.name for person in one.guests.without_address)
            names = "; ".join([*([names] if names else []), self.tr("! no address: {names}").format(names=missing)])
        day = day_text(one.next_on, weekday=True, year=False) if one.next_on is not None else "–"
        cells = (one.activity.title, day, str(one.count), Chip(word, tone), names or "–")
        return TickedLine(number, self._meant(one) if one.can_be_sent else None, cells, one, self._tip(one))

    def _meant(self, one: Pending) -> bool:
        return self._only in (None, one.activity.id)

    def _tip(self, one: Pending) -> str:
        if one.news is not News.REMOVED:
            return ""
        return self.tr("They were invited and take part no longer; the date stands for everybody else.")

    def _count(self) -> None:
        if not hasattr(self, "lines"):
            return
        chosen = self.lines.chosen()
        mails = sum(max(1, len(one.dates)) for one in chosen)
        text = self.tr("1 mail") if mails == 1 else self.tr("{count} mails").format(count=mails)
        if self._filled and not mails:
            text = self.tr("Everybody knows how it stands.")
        self.ui.countLabel.setText(text if self._filled else "")
        self.ui.writeButton.setEnabled(bool(chosen) and bool(self.ui.folderLine.text().strip()))

    def _browse(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder"), self.ui.folderLine.text())
        if name:
            self.ui.folderLine.setText(name)

    def _failed(self, error: Exception) -> None:
        if self._closed:
            self._context.report(error)
            return
        self.ui.progressBar.hide()
        self.ui.problemLabel.setText(f"× {sentence(error)}")
        self.ui.problemLabel.show()
        self.load()

    def _close(self) -> None:
        """What is being written then ends without the dialog."""
        self._closed = True
        self.deleteLater()
