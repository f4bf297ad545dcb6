"""What can be done with the meeting that is shown: its people, open points, answers, documents and invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from cocivic_desktop.domain.activities import ActivityStatus
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import (
    AgendaKind,
    MatchState,
    Meeting,
    Partnership,
    PartnershipMember,
    ReadinessAnswerValue,
)
from cocivic_desktop.services import agenda, meetings, records
from cocivic_desktop.services.letters import LetterKind
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.dialogs.choose_lines import ChoiceLine, ChooseLinesDialog
from cocivic_desktop.ui.dialogs.paper_dialog import PaperDialog
from cocivic_desktop.ui.dialogs.papers import InvitationPaper, LetterPaper
from cocivic_desktop.ui.texts import expectations as expectation_words
from cocivic_desktop.ui.texts.words import capital, word

if TYPE_CHECKING:
    from uuid import UUID

    from cocivic_desktop.domain.activities import Activity
    from cocivic_desktop.services.agenda import Change
    from cocivic_desktop.ui.dialogs.papers import Paper
    from cocivic_desktop.ui.pages.initiate.meetings import MeetingsPart

PEOPLE_WIDTH = 160
"""Room for the names on the button, in logical pixels."""


class MeetingActions(QObject):
    """The buttons round agenda and minutes."""

    def __init__(self, part: MeetingsPart) -> None:
        super().__init__(part)
        self._part, self._context, self._ui = part, part.context, part.ui
        self._people_menu = QMenu(part)
        self._people_menu.aboutToShow.connect(lambda: self._fill_people())
        self._ui.peopleButton.setMenu(self._people_menu)
        self._ui.pointsButton.clicked.connect(lambda: self.add_points())
        self._ui.answersButton.clicked.connect(lambda: self.take_answers())
        papers = QMenu(part)
        for words, kind in (
            (self.tr("Agenda…"), LetterKind.AGENDA),
            (self.tr("Minutes…"), LetterKind.MINUTES),
            (self.tr("Introduction letter…"), LetterKind.INTRODUCTION),
            (self.tr("A page about us…"), LetterKind.PROFILE),
        ):
            papers.addAction(words).triggered.connect(lambda checked=False, kind=kind: self.write_paper(kind))
        self._ui.documentsButton.setMenu(papers)
        inviting = QMenu(part)
        inviting.addAction(self.tr("Invite by e-mail…")).triggered.connect(lambda: self.invite())
        self._cancel_action = QAction(
            self.tr("Call the meeting off…"), self
        )  # a menu's own action may go with its menu
        self._cancel_action.triggered.connect(lambda: self.invite(cancel=True))
        inviting.addAction(self._cancel_action)
        self._menus = (papers, inviting)
        self._ui.inviteButton.setMenu(inviting)

    def show(self, meeting: Meeting, activity: Activity | None) -> None:
        """Say who takes part, and how much is open."""
        names = [one.name for one in meetings.people(self._context.workspace, meeting)]
        text = ", ".join(names) or self.tr("People…")
        metrics = self._ui.peopleButton.fontMetrics()
        self._ui.peopleButton.setText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, PEOPLE_WIDTH))
        self._ui.peopleButton.setAccessibleName(self.tr("Who takes part: {names}").format(names=text))
        self._ui.peopleButton.setToolTip(", ".join(names) or self.tr("Who takes part"))
        self._ui.peopleButton.setEnabled(activity is not None)
        cancelled = activity is not None and activity.status is ActivityStatus.CANCELLED
        self._ui.inviteButton.setEnabled(activity is not None)
        self._cancel_action.setEnabled(not cancelled)
        if cancelled:
            self._ui.calendarLabel.setText(self.tr("× Called off."))
        count = len(self._changes(meeting.id))
        self._ui.answersButton.setVisible(count > 0)
        self._ui.answersButton.setText(self.tr("Take over ({count})…").format(count=count))
        self._ui.answersButton.setToolTip(self.tr("Take the answers over into checklist, expectations and agreement"))

    def write_paper(self, kind: LetterKind) -> None:
        """Open the dialog that writes a document about the meeting, or a letter."""
        meeting = self._part.meeting
        if meeting is not None and self._part.flush():
            paper = LetterPaper(
                self._context.workspace, kind, meeting.partnership_id, self._context.today(), meeting_id=meeting.id
            )
            self._open(paper, meeting)

    def invite(self, *, cancel: bool = False) -> None:
        """Open the dialog that writes an invitation, or a cancellation."""
        meeting = self._part.meeting
        if meeting is not None and meeting.activity_id is not None and self._part.flush():
            paper = InvitationPaper(
                self._context.workspace, meeting.partnership_id, meeting.activity_id, meeting.id, cancel=cancel
            )
            self._open(paper, meeting)

    def _open(self, paper: Paper, meeting: Meeting) -> None:
        PaperDialog(self._context, paper, meeting.partnership_id, self._part.window()).open()

    def add_points(self) -> None:
        """Offer what is not known yet as items of the agenda."""
        meeting = self._part.meeting
        if meeting is None or not self._part.flush():
            return
        found = self._context.attempt(
            agenda.open_points,
            self._context.workspace,
            meeting.id,
            self._context.language,
            expectation_words.question,
        )
        if not found:
            if found is not None:
                self._context.notify(self.tr("Nothing is open that is not on the agenda already."))
            return
        kinds = {
            AgendaKind.READINESS: self.tr("know the school"),
            AgendaKind.EXPECTATION: self.tr("expectation"),
            AgendaKind.QUESTION: self.tr("agreement"),
        }
        few = [item for item in found if item.kind is not AgendaKind.QUESTION]
        dialog = ChooseLinesDialog(
            self.tr("Open points"),
            self.tr("What is not known or not settled yet. Ticked points go to the end of the agenda."),
            [self.tr("Point"), self.tr("From")],
            [ChoiceLine((item.text, kinds[item.kind]), item in few) for item in found],
            self.tr("Put on the agenda"),
            self._part.window(),
        )

        def take() -> None:
            chosen = [found[number] for number in dialog.chosen()]
            self._context.attempt(agenda.add_points, self._context.workspace, meeting.id, chosen)

        dialog.accepted.connect(take)
        dialog.open()

    def take_answers(self) -> None:
        """Show what the answers would change elsewhere, and take over what is ticked, in one step."""
        meeting = self._part.meeting
        if meeting is None or not self._part.flush():
            return
        changes = self._changes(meeting.id)
        if not changes:
            return
        dialog = ChooseLinesDialog(
            self.tr("Take the answers over"),
            self.tr("Each line shows what is written now and what will be. One step of undo takes all of it back."),
            [self.tr("About"), self.tr("Now"), self.tr("Then")],
            [
                ChoiceLine(
                    (
                        one.about,
                        said(one.value_before, one.before, one.kind),
                        said(one.value_after, one.after, one.kind),
                    )
                )
                for one in changes
            ],
            parent=self._part.window(),
        )

        def take() -> None:
            items = [changes[number].item for number in dialog.chosen()]
            self._context.attempt(
                agenda.take_answers,
                self._context.workspace,
                meeting.id,
                items,
                self._context.today(),
                self._context.language,
            )
            self._context.notify(self.tr("Answers taken over: {count}").format(count=len(items)))

        dialog.accepted.connect(take)
        dialog.open()

    def _changes(self, meeting_id: UUID) -> list[Change]:
        return agenda.answers_to_take(self._context.workspace, meeting_id, self._context.language)

    def _fill_people(self) -> None:
        """Everybody who may take part, ticked who does: members first, then both organisations."""
        self._people_menu.clear()
        meeting = self._part.meeting
        if meeting is None:
            return
        present = {one.id for one in meetings.people(self._context.workspace, meeting)}
        for person_id, name in self._offered(meeting, present):
            action = QAction(name, self._people_menu)
            action.setCheckable(True)
            action.setChecked(person_id in present)
            action.triggered.connect(
                lambda checked, person_id=person_id: self._context.attempt(
                    meetings.set_takes_part, self._context.workspace, meeting.id, person_id, checked
                )
            )
            self._people_menu.addAction(action)
        if self._people_menu.isEmpty():
            nobody = self._people_menu.addAction(self.tr("Nobody is entered yet"))
            nobody.setEnabled(False)

    def _offered(self, meeting: Meeting, present: set[UUID]) -> list[tuple[UUID, str]]:
        workspace = self._context.workspace
        partnership = records.get(workspace, Partnership, meeting.partnership_id)
        members = {
            one.person_id for one in records.find(workspace, PartnershipMember, partnership_id=meeting.partnership_id)
        }
        near = {partnership.school_id, *(one.id for one in records.find(workspace, Organisation, is_ours=True))}
        known = {
            one.id
            for one in records.find(workspace, Person)
            if one.id in members or one.id in present or one.organisation_id in near
        }
        found = [choice for choice in choices.people(self._context) if choice[0] in known]
        return sorted(found, key=lambda choice: choice[0] not in members)


def said(value: str, text: str, kind: AgendaKind) -> str:
    """A value with its words: "Yes: the class is 11 BM"."""
    if value == "done":
        return QCoreApplication.translate("MeetingActions", "✓ done")
    if not value:
        return text or "–"
    named = ReadinessAnswerValue(value) if kind is AgendaKind.READINESS else MatchState(value)
    return f"{capital(word(named))}: {text}" if text else capital(word(named))
