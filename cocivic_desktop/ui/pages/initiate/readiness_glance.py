"""Readiness at a glance: the picture, what is missing most, and answers taken from or given to other places."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from PySide6.QtCore import QObject, Qt

from cocivic_desktop.domain.partnerships import AgendaItem, AgendaKind, Meeting, ReadinessAnswerValue, Stage
from cocivic_desktop.domain.rules.readiness import Area, missing_most_first
from cocivic_desktop.library.readiness import areas, question
from cocivic_desktop.services import agenda, readiness, records
from cocivic_desktop.ui.context import Target
from cocivic_desktop.ui.dialogs.choose_lines import ChoiceLine, ChooseLinesDialog
from cocivic_desktop.ui.models.record_table import Chip, Column, RecordTableModel
from cocivic_desktop.ui.texts.formats import day_text
from cocivic_desktop.ui.texts.words import capital, choice_word, word
from cocivic_desktop.ui.widgets.tables import dress_records

if TYPE_CHECKING:
    from cocivic_desktop.ui.pages.initiate.readiness import ReadinessPart

TWO_LINES = 48
"""Height of a row, in logical pixels."""


class Missing:
    """A question that is not answered with yes, as a row."""

    def __init__(self, partnership_id: UUID, code: str, answer: ReadinessAnswerValue | None) -> None:
        self.id = uuid5(partnership_id, code)
        self.code, self.answer = code, answer


class ReadinessGlance(QObject):
    """Fills the page of the picture and does what its buttons say."""

    def __init__(self, part: ReadinessPart) -> None:
        super().__init__(part)
        self._part, self._context, self._ui = part, part.context, part.ui
        self.missing: RecordTableModel[Missing] = RecordTableModel(
            [
                Column("question", self.tr("Question"), self._text, tip=self._text),
                Column("answer", self.tr("Answer"), self._chip, width=110),
            ],
            self,
        )
        table = self._ui.missing
        dress_records(table, self.missing, self.missing.columns, TWO_LINES)
        table.horizontalHeader().hide()
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setAccessibleName(self.tr("What is missing most"))
        table.activated.connect(lambda index: self._open(index.row()))

    def load(self, partnership_id: UUID) -> None:
        """Read the picture anew."""
        workspace, language = self._context.workspace, self._context.language
        found = readiness.picture(workspace, partnership_id)
        names = areas(language)
        for group, bars, label in (
            ("cso", self._ui.ownBars, self._ui.ownText),
            ("school", self._ui.schoolBars, self._ui.schoolText),
        ):
            shown = [area for area in found if area.group == group]
            bars.show_areas(shown, names)
            label.setText(self._said(shown, dict(names)))
        self.missing.set_rows([Missing(partnership_id, mark.code, mark.answer) for mark in missing_most_first(found)])
        self._ui.carryButton.setVisible(readiness.carry_over(workspace, partnership_id) is not None)
        self._ui.agendaButton.setVisible(bool(readiness.open_questions(workspace, partnership_id, language)))

    def carry_over(self) -> None:
        """Show what the self-check of the latest other partnership would add, and take over what is ticked."""
        partnership_id = self._part.partnership
        found = readiness.carry_over(self._context.workspace, partnership_id)
        if found is None:
            return
        asked = [question(entry.question, self._context.language) for entry in found.answers]
        dialog = ChooseLinesDialog(
            self.tr("Take over the self-check"),
            self.tr("From “{title}”. Only what is not answered here is taken; one step of undo takes it back.").format(
                title=found.source.title
            ),
            [self.tr("Question"), self.tr("Answer there")],
            [
                ChoiceLine((one.text if one is not None else entry.question, self._answer(entry.answer, entry.remark)))
                for one, entry in zip(asked, found.answers, strict=True)
            ],
            parent=self._part.window(),
        )

        def take() -> None:
            chosen = tuple(found.answers[number] for number in dialog.chosen())
            carried = readiness.CarryOver(found.source, chosen)
            if self._context.attempt(readiness.take_carry_over, self._context.workspace, partnership_id, carried):
                self._context.notify(self.tr("Answers taken over: {count}").format(count=len(chosen)))

        dialog.accepted.connect(take)
        dialog.open()

    def put_on_agenda(self) -> None:
        """Put what is not known on the agenda of the next meeting, or of a new one, and go there."""
        workspace, partnership_id = self._context.workspace, self._part.partnership
        meeting = self._next_meeting(partnership_id)
        questions = readiness.open_questions(workspace, partnership_id, self._context.language)
        points = [AgendaItem(text=one.ask, kind=AgendaKind.READINESS, about=one.code) for one in questions]
        if meeting is None:
            meeting = Meeting(partnership_id=partnership_id, agenda=points)
            done = self._context.attempt(records.add, workspace, meeting)
        else:
            known = {(item.kind, item.about) for item in meeting.agenda}
            new = [item for item in points if (item.kind, item.about) not in known]
            done = self._context.attempt(agenda.add_points, workspace, meeting.id, new)
        if done is not None:
            day = f" {day_text(meeting.held_on)}" if meeting.held_on is not None else ""
            self._context.notify(
                self.tr("On the agenda of: {meeting}").format(meeting=f"{choice_word(meeting.kind)}{day}")
            )
            self._context.navigate(Target.partnership(partnership_id, Stage.INITIATE, "agenda", meeting.id))

    def _next_meeting(self, partnership_id: UUID) -> Meeting | None:
        """The next meeting to come, else one without a day that nothing is written about."""
        found = records.find(self._context.workspace, Meeting, partnership_id=partnership_id)
        ahead = [one for one in found if one.held_on is not None and one.held_on >= self._context.today()]
        if ahead:
            return min(ahead, key=lambda one: one.held_on or self._context.today())
        return next((one for one in found if one.held_on is None and not one.minutes.strip()), None)

    def _said(self, shown: list[Area], names: dict[str, str]) -> str:
        """The picture in a sentence."""
        marks = [mark for area in shown for mark in area.marks]
        there = sum(mark.answer is ReadinessAnswerValue.YES for mark in marks)
        weakest = min(shown, key=lambda area: area.share)
        if weakest.share == 1:
            return self.tr("All {all} are there.").format(all=len(marks))
        return self.tr("{there} of {all} are there. Weakest: {area}.").format(
            there=there, all=len(marks), area=names[weakest.code]
        )

    def _text(self, row: Missing) -> str:
        asked = question(row.code, self._context.language)
        return asked.text if asked is not None else row.code

    def _chip(self, row: Missing) -> Chip:
        return Chip.of(row.answer) if row.answer is not None else Chip(self.tr("not answered"))

    def _answer(self, value: ReadinessAnswerValue, remark: str) -> str:
        return f"{capital(word(value))}: {remark}" if remark.strip() else capital(word(value))

    def _open(self, row: int) -> None:
        if 0 <= row < len(self.missing.rows):
            self._part.show_question(self.missing.rows[row].code)
