"""Taking replies to invitations: choose the files, look at who said what, keep it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from cocivic_desktop._generated.forms.calendar_replies import Ui_CalendarRepliesDialog
from cocivic_desktop.domain.errors import CoCivicError
from cocivic_desktop.domain.partnerships import Stage
from cocivic_desktop.services import replies
from cocivic_desktop.services.replies import Line, Standing
from cocivic_desktop.ui.context import Target
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.models.record_table import Chip
from cocivic_desktop.ui.pages.calendar.ticked_lines import TickedLine, TickedLines
from cocivic_desktop.ui.pages.calendar.words import proposed_text
from cocivic_desktop.ui.texts.formats import day_text

if TYPE_CHECKING:
    from cocivic_desktop.ui.context import Context

FOLDER = "replies_folder"
"""Setting: where replies were last read from."""


class RepliesDialog(QDialog):
    """Every answer is shown with what becomes of it; one step of undo takes them all."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = ui = Ui_CalendarRepliesDialog()
        ui.setupUi(self)
        self._context = context
        self._closed = False
        ui.lines.setAccessibleName(self.tr("Replies"))
        self.lines: TickedLines[Line] = TickedLines(
            ui.lines,
            [
                (self.tr("Who"), 180),
                (self.tr("About"), 0),
                (self.tr("Date"), 90),
                (self.tr("Answer"), 110),
                (self.tr("Remark"), 150),
                (self.tr("What becomes of it"), 240),
            ],
            self._count,
        )
        ui.problemLabel.hide()
        ui.chooseButton.clicked.connect(lambda: self.choose())
        ui.takeButton.clicked.connect(lambda: self.take())
        ui.cancelButton.clicked.connect(lambda: self.reject())
        self.finished.connect(self._close)
        self._count()
        self.resize(1080, 480)

    def choose(self) -> None:
        """Ask for files and read them."""
        names, _ = QFileDialog.getOpenFileNames(
            self,
            self.tr("Choose the answers"),
            self._context.setting(FOLDER, str(Path.home())),
            self.tr("Mails and calendar files (*.eml *.ics *.ical);;All files (*)"),
        )
        if names:
            self._context.settings.setValue(FOLDER, str(Path(names[0]).parent))
            self.read([Path(name) for name in names])

    def read(self, paths: list[Path]) -> None:
        """Read files away from the GUI thread and show what they say."""
        workspace = self._context.workspace
        self.ui.problemLabel.hide()
        self.ui.chooseButton.setEnabled(False)
        self._context.tasks.run(lambda: replies.read(workspace, paths), self._show, self._failed)

    def take(self) -> None:
        """Keep what is ticked."""
        try:
            replies.take(self._context.workspace, self.lines.chosen())
        except CoCivicError as error:
            self._refuse(sentence(error))
            return
        count = len(self.lines.chosen())
        text = self.tr("1 reply taken.") if count == 1 else self.tr("{count} replies taken.").format(count=count)
        self._context.notify(text + " " + self.tr("Ctrl+Z takes it back."))
        asked = next((line.activity for line in self.lines.chosen() if line.wanted is not None), None)
        self.accept()
        if asked is not None:  # what is proposed is decided on among the people
            self._context.navigate(Target.partnership(asked.partnership_id, Stage.CALENDAR, "people", asked.id))

    def _show(self, found: list[Line]) -> None:
        if self._closed:
            return
        self.ui.chooseButton.setEnabled(True)
        files = len({line.file for line in found})
        self.ui.fileLabel.setText(self.tr("1 file") if files == 1 else self.tr("{count} files").format(count=files))
        self.lines.show([self._line(number, line) for number, line in enumerate(found, start=1)])
        self.ui.lines.setFocus()

    def _line(self, number: int, line: Line) -> TickedLine[Line]:
        who = line.person.name if line.person is not None else line.who or line.file
        says = Chip.of(line.reply) if line.standing not in _WITHOUT_ANSWER else None
        day = day_text(line.original_on, year=False) if line.original_on is not None else self._whole(line)
        outcome, tip = self._outcome(line)
        if line.wanted is not None and line.standing is Standing.COUNTER:
            outcome = self.tr("proposes {when}").format(when=proposed_text(line.wanted))
        chosen = line.standing in replies.TAKEN if line.can_be_taken else None
        cells = (who, line.title, day, says, line.remark, outcome)
        return TickedLine(number, chosen, cells, line, f"{line.file}: {line.who}\n{tip}".strip())

    def _whole(self, line: Line) -> str:
        if line.activity is None:
            return ""
        return (
            self.tr("all dates")
            if line.activity.recurrence is not None
            else day_text(line.activity.starts_on, year=False)
        )

    def _outcome(self, line: Line) -> tuple[str, str]:
        """What becomes of a line, in few words and in a sentence."""
        return {
            Standing.NEW: (self.tr("is kept"), ""),
            Standing.COUNTER: (
                self.tr("proposes another time"),
                self.tr("Kept as “perhaps” with that time. One click among the people of the activity takes it over."),
            ),
            Standing.EARLIER_VERSION: (
                self.tr("! answers an earlier version"),
                self.tr("The date has changed since. Take it only if the answer still holds."),
            ),
            Standing.OTHER_ADDRESS: (
                self.tr("! from another address"),
                self.tr("Somebody of this name takes part with another address. Take it if it is the same person."),
            ),
            Standing.SAME: (self.tr("known already"), ""),
            Standing.OLDER: (self.tr("older than what is known"), ""),
            Standing.NO_ANSWER: (
                self.tr("! neither yes nor no"),
                self.tr("The invitation was passed on or put off; ask the person."),
            ),
            Standing.NOT_TAKING_PART: (
                self.tr("! does not take part"),
                self.tr("Add the person to the activity first, then read the answer again."),
            ),
            Standing.UNKNOWN_PERSON: (
                self.tr("! person not known"),
                self.tr("Nobody here has this e-mail address. Enter it with the person, then read the answer again."),
            ),
            Standing.UNKNOWN_DATE: (
                self.tr("! no date of ours"),
                self.tr("It answers another program's event, or one that is no longer here."),
            ),
            Standing.NOT_A_REPLY: (
                self.tr("× no reply"),
                self.tr("It is an invitation or a published calendar of somebody else."),
            ),
            Standing.NO_CALENDAR: (
                self.tr("× no calendar in it"),
                self.tr("Somebody wrote the mail by hand: read it, and set the reply with the people of the activity."),
            ),
            Standing.UNREADABLE: (self.tr("× not readable"), line.problem),
        }[line.standing]

    def _count(self) -> None:
        chosen, all_lines = len(self.lines.chosen()) if hasattr(self, "lines") else 0, 0
        if hasattr(self, "lines"):
            all_lines = len(self.lines.model.rows)
        text = self.tr("{count} of {total} chosen").format(count=chosen, total=all_lines)
        self.ui.countLabel.setText(text if all_lines else "")
        self.ui.takeButton.setEnabled(chosen > 0)

    def _failed(self, error: Exception) -> None:
        if self._closed:
            self._context.report(error)
            return
        self.ui.chooseButton.setEnabled(True)
        self._refuse(sentence(error))

    def _refuse(self, text: str) -> None:
        self.ui.problemLabel.setText(f"× {text}")
        self.ui.problemLabel.show()

    def _close(self) -> None:
        self._closed = True
        self.deleteLater()


_WITHOUT_ANSWER = (Standing.NO_ANSWER, Standing.NOT_A_REPLY, Standing.NO_CALENDAR, Standing.UNREADABLE)
