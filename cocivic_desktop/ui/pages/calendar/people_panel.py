"""Who takes part in an activity, in which role, and what they replied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from cocivic_desktop._generated.forms.calendar_people import Ui_PeoplePanel
from cocivic_desktop.domain.activities import OccurrenceReply, Participation, ParticipationReply
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.partnerships import PartnershipMember
from cocivic_desktop.services import records, replies, taking_part, uninviting
from cocivic_desktop.services.counter_proposals import Proposed
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.dialogs.paper_dialog import PaperDialog
from cocivic_desktop.ui.dialogs.papers import InvitationPaper
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.pages.calendar.notice_row import NoticeRow
from cocivic_desktop.ui.pages.calendar.panel import PlanPanel
from cocivic_desktop.ui.pages.calendar.proposal_rows import ProposalRows
from cocivic_desktop.ui.pages.calendar.words import proposed_text
from cocivic_desktop.ui.texts.formats import day_text
from cocivic_desktop.ui.theme import ROW_HEIGHT
from cocivic_desktop.ui.widgets.record_list import ListSetup

if TYPE_CHECKING:
    from uuid import UUID

    from PySide6.QtWidgets import QWidget

    from cocivic_desktop.services.counter_proposals import Proposal
    from cocivic_desktop.ui.context import Context


LEAST_HEIGHT = 4 * ROW_HEIGHT
"""Room for the buttons, the head and two people, however low the pane; the rest is scrolled."""


class PeoplePanel(PlanPanel):
    """The fourth tab of the detail pane."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_PeoplePanel()
        self.ui.setupUi(self)
        self._names: dict[UUID, str] = {}
        self._roles: dict[UUID, str] = {}
        self._offered: list[UUID] = []
        self.ui.addButton.clicked.connect(lambda: self.add_person())
        self.ui.teamButton.clicked.connect(lambda: self.add_team())
        self.ui.roleLine.returnPressed.connect(self.add_person)
        self.ui.personBox.activated.connect(self._propose_role)
        self._replies: list[OccurrenceReply] = []
        self.ui.peopleScroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.ui.people.setMinimumHeight(LEAST_HEIGHT)
        invite, call_off = QAction(self.tr("Invite by e-mail…"), self), QAction(self.tr("Call this date off…"), self)
        self._invite_all = QAction(self.tr("Invite to all dates…"), self)
        self._cancel_all = QAction(self.tr("Call all dates off…"), self)
        invite.triggered.connect(lambda: self.write_mail())
        self._invite_all.triggered.connect(lambda: self.write_mail(whole=True))
        call_off.triggered.connect(lambda: self.write_mail(cancel=True))
        self._cancel_all.triggered.connect(lambda: self.write_mail(whole=True, cancel=True))
        menu = QMenu(self)
        menu.addActions([invite, self._invite_all, call_off, self._cancel_all])  # its own would go with it
        self.ui.inviteButton.setMenu(menu)
        self.proposals = ProposalRows(self)
        self.proposals.taken.connect(self._taken_over)
        self.removed = NoticeRow(parent=self)
        self.removed.offer(self.tr("Write the mail…"), self.tell_removed)
        self.ui.peopleLayout.insertWidget(0, self.removed)
        self.ui.peopleLayout.insertWidget(0, self.proposals)

    def setup(self, context: Context) -> None:
        """Say what the list shows."""
        super().setup(context)
        self.ui.people.setup(
            context,
            ListSetup(
                cls=Participation,
                key="participations",
                columns=[
                    Column("person", self.tr("Person"), lambda one: self._names.get(one.person_id, ""), strong=True),
                    Column("role", self.tr("Role"), lambda one: one.role, 200, change=self._set_role),
                    Column(
                        "reply",
                        self.tr("Reply"),
                        lambda one: Chip.of(self._reply(one).reply),
                        140,
                        change=self._set_reply,
                        choices=lambda: choices.enum_choices(ParticipationReply),
                        tip=self._reply_tip,
                    ),
                ],
                find=self._find,
                extra=[
                    self.ui.personBox,
                    self.ui.roleLine,
                    self.ui.addButton,
                    self.ui.teamButton,
                    self.ui.inviteButton,
                ],
                empty_title=self.tr("Nobody yet"),
                empty_text=self.tr(
                    "Add the people who take part: double bookings are noticed, and each gets a calendar."
                ),
            ),
        )

    def reload(self) -> None:
        """Show who takes part, and offer who does not yet."""
        if self.entry is None:
            return
        workspace = self.context.workspace
        self._names = {one.id: one.name for one in records.find(workspace, Person, archived=None)}
        members = records.find(workspace, PartnershipMember, partnership_id=self.data.partnership.id)
        self._roles = {one.person_id: one.role for one in members}
        self._replies = records.find(workspace, OccurrenceReply, activity_id=self.entry.activity.id)
        series = self.entry.activity.recurrence is not None
        for action in (self._invite_all, self._cancel_all):
            action.setVisible(series)
        self.proposals.show_of(self.context, self.entry)
        self._show_removed()
        self.ui.people.reload()
        here = {one.person_id for one in self._find(False)}
        offered = [(key, text) for key, text in choices.people(self.context) if key not in here]
        offered.sort(key=lambda one: one[0] not in self._roles)
        self._offered = [key for key, _ in offered]
        self.ui.personBox.clear()
        self.ui.personBox.addItems([text for _, text in offered])
        self.ui.addButton.setEnabled(bool(offered))
        self.ui.teamButton.setVisible(any(key in self._roles for key in self._offered))
        self._propose_role()

    def add_person(self) -> None:
        """Add the chosen person in the role that was typed."""
        place = self.ui.personBox.currentIndex()
        if self.entry is None or not 0 <= place < len(self._offered):
            return
        people = {self._offered[place]: self.ui.roleLine.text().strip()}
        self.context.attempt(taking_part.add, self.context.workspace, self.entry.activity.id, people)

    def add_team(self) -> None:
        """Add everybody of the partnership who does not take part yet, as one step."""
        if self.entry is None:
            return
        team = {one: self._roles[one] for one in self._offered if one in self._roles}
        self.context.attempt(taking_part.add, self.context.workspace, self.entry.activity.id, team)

    def _taken_over(self, one: Proposal) -> None:
        """A single date is named by its day: it stays chosen on its new one."""
        entry = self.entry
        if entry is not None and one.original_on is None:
            days = one.wanted.on - (entry.activity.starts_on if entry.activity.recurrence is not None else entry.id[1])
            self.moved.emit((entry.activity.id, entry.id[1] + days))

    def _show_removed(self) -> None:
        """Offer a cancellation for those who were invited and take part no longer."""
        gone = uninviting.to_tell(self.context.workspace, self.entry.activity.id) if self.entry is not None else ()
        names = ", ".join(one.name for one in gone)
        text = self.tr("! Invited, and no longer taking part: {names}. They do not know it yet.")
        self.removed.say(text.format(names=names) if gone else "")

    def tell_removed(self) -> None:
        """Offer the drafts for this activity, ready to be written."""
        from cocivic_desktop.ui.pages.calendar.round_dialog import RoundDialog

        if self.entry is not None:
            activity = self.entry.activity
            RoundDialog(self.context, activity.partnership_id, self.window(), only=activity.id).open()

    def _find(self, archived: bool) -> list[Participation]:
        if self.entry is None:
            return []
        found = records.find(
            self.context.workspace,
            Participation,
            archived=None if archived else False,
            activity_id=self.entry.activity.id,
        )
        return sorted(found, key=lambda one: self._names.get(one.person_id, ""))

    def _propose_role(self) -> None:
        place = self.ui.personBox.currentIndex()
        if 0 <= place < len(self._offered) and not self.ui.roleLine.hasFocus():
            self.ui.roleLine.setText(self._roles.get(self._offered[place], ""))

        elif not self._offered:
            self.ui.roleLine.clear()

    def _set_role(self, one: Participation, value: Any) -> None:
        self.context.attempt(records.change, self.context.workspace, Participation, one.id, role=str(value).strip())

    def write_mail(self, *, whole: bool = False, cancel: bool = False) -> None:
        """Draft a mail to those who take part, about this date or all dates of the series."""
        if self.entry is None:
            return
        activity, original_on = self.entry.activity, self.entry.id[1]
        paper = InvitationPaper(
            self.context.workspace, activity.partnership_id, activity.id, cancel=cancel,
            on=original_on if activity.recurrence is not None and not whole else None, whole=whole,
        )  # fmt: skip
        PaperDialog(self.context, paper, activity.partnership_id, self.window()).open()

    def _reply(self, one: Participation) -> Participation | OccurrenceReply:
        """What somebody said to this date, else to the whole."""
        return replies.reply_on(one, self._replies, self.entry.id[1]) if self.entry is not None else one

    def _reply_tip(self, one: Participation) -> str:
        found = self._reply(one)
        lines = [found.reply_remark] if found.reply_remark else []
        if found.proposed_on is not None:
            wanted = Proposed(found.proposed_on, found.proposed_time, found.proposed_minutes)
            lines.append(self.tr("Proposes: {when}").format(when=proposed_text(wanted, self.entry)))
        if found.replied_at is not None:
            if found.reply is ParticipationReply.NONE:
                text = self.tr("The answer of {day} was to another time: ask anew.")
            else:
                text = self.tr("Answered on {day}")
            lines.append(text.format(day=day_text(found.replied_at.date())))
        return "\n".join(lines)

    def _set_reply(self, one: Participation, value: Any) -> None:
        found = self._reply(one)
        self.context.attempt(records.change, self.context.workspace, type(found), found.id, reply=value)
