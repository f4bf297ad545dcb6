"""What belongs to the chosen challenge: its team, coaching notes, ideas and solutions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject

from cocivic_desktop.domain.base import Entity
from cocivic_desktop.domain.goals import Challenge, CoachingNote, Solution, SolutionKind, TeamMember
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.services import challenges, records
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.pages.part import begin_with, fit_rows
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox
from cocivic_desktop.ui.widgets.record_list import ListSetup, RecordList

if TYPE_CHECKING:
    from cocivic_desktop._generated.forms.goals_challenges import Ui_GoalsChallenges
    from cocivic_desktop.ui.context import Context


class OfChallenge(QObject):
    """A list of what belongs to the chosen challenge, on a tab of its own."""

    def __init__(
        self,
        ui: Ui_GoalsChallenges,
        context: Context,
        challenge: Callable[[], Challenge | None],
        records_list: RecordList,
        tab: int,
    ) -> None:
        super().__init__(ui.detail)
        self.ui, self.context, self.challenge = ui, context, challenge
        self.list, self._tab = records_list, tab
        self.form: RecordForm[Any]

    def reload(self) -> None:
        """Read the list anew."""
        self.list.reload()
        fit_rows(self.list, 5)

    def show(self, record_id: UUID) -> None:
        """Turn to the tab and choose a record."""
        self.ui.parts.setCurrentIndex(self._tab)
        self.list.select(record_id)
        self.list.table.setFocus()

    def focus(self) -> None:
        """Turn to the tab and put the keyboard where something is added."""
        self.ui.parts.setCurrentIndex(self._tab)
        (self.list.add_button if self.list.model.rows else self.list.empty.action_button).setFocus()

    def _find(self, cls: type[Any], archived: bool) -> list[Any]:
        challenge = self.challenge()
        if challenge is None:
            return []
        found = records.listed(self.context.workspace, cls, archived, challenge_id=challenge.id)
        return sorted(found, key=lambda one: one.created_at)

    def _new(self, make: Callable[[Challenge], Entity]) -> Entity | None:
        challenge = self.challenge()
        return make(challenge) if challenge is not None else None


class TeamList(OfChallenge):
    """Learners: with their name, or with initials or a code."""

    def __init__(self, ui: Ui_GoalsChallenges, context: Context, challenge: Callable[[], Challenge | None]) -> None:
        super().__init__(ui, context, challenge, ui.team, 1)
        self._people: dict[UUID, str] = {}
        self.form = RecordForm(context, TeamMember, ui.teamDetail, prefix="member_")
        self.list.setup(
            context,
            ListSetup(
                cls=TeamMember,
                key="team",
                title=self.tr("Team"),
                add_text=self.tr("Add learner"),
                columns=[
                    Column("label", self.tr("Learner"), self._learner),
                    Column("named", self.tr("Known by"), self._known_by, width=130),
                ],
                find=lambda archived: self._find(TeamMember, archived),
                new=lambda: self._new(self._member),
                empty_title=self.tr("No team yet"),
                empty_text=self.tr("Learners may stand here with their initials or a code; names are not needed."),
            ),
        )
        self.list.attach(self.form, ui.teamDetail)
        begin_with(self.list, self.form, "label")

    def reload(self) -> None:
        """Read the team and the names of those who are people here."""
        self._people = {one.id: one.name for one in records.find(self.context.workspace, Person, archived=None)}
        super().reload()

    def _member(self, challenge: Challenge) -> TeamMember:
        number = len(self._find(TeamMember, True)) + 1
        return TeamMember(challenge_id=challenge.id, label=self.tr("Learner {number}").format(number=number))

    def _learner(self, member: TeamMember) -> str:
        return self._people.get(member.person_id, "") if member.person_id else member.label

    def _known_by(self, member: TeamMember) -> str:
        return self.tr("name") if member.person_id else self.tr("initials or code")


class NoteList(OfChallenge):
    """Coaching notes, the latest first."""

    def __init__(self, ui: Ui_GoalsChallenges, context: Context, challenge: Callable[[], Challenge | None]) -> None:
        super().__init__(ui, context, challenge, ui.notes, 3)
        self.form = RecordForm(context, CoachingNote, ui.noteDetail, prefix="note_")
        self.list.setup(
            context,
            ListSetup(
                cls=CoachingNote,
                key="coaching_notes",
                title=self.tr("Coaching notes"),
                add_text=self.tr("Add note"),
                columns=[
                    Column("day", self.tr("Day"), lambda one: one.noted_on, width=110),
                    Column("text", self.tr("Note"), lambda one: one.text or one.next_step),
                    Column("phase", self.tr("Phase"), width=96),
                ],
                find=lambda archived: self._find(CoachingNote, archived),
                new=lambda: self._new(self._note),
                empty_title=self.tr("No notes yet"),
                empty_text=self.tr(
                    "Two lines after each session: what works, where the team is stuck, and who does what next. "
                    "Write about the work, not about persons."
                ),
            ),
        )
        self.list.attach(self.form, ui.noteDetail)
        begin_with(self.list, self.form, "text")

    def _find(self, cls: type[Any], archived: bool) -> list[Any]:
        return sorted(super()._find(cls, archived), key=lambda one: (one.noted_on, one.created_at), reverse=True)

    def _note(self, challenge: Challenge) -> CoachingNote:
        return CoachingNote(
            challenge_id=challenge.id,
            noted_on=self.context.today(),
            phase=challenge.phase,
            author_id=challenge.mentor_id,
        )


class IdeaList(OfChallenge):
    """Ideas and solutions, with what they are worth to us and what becomes of them."""

    def __init__(self, ui: Ui_GoalsChallenges, context: Context, challenge: Callable[[], Challenge | None]) -> None:
        super().__init__(ui, context, challenge, ui.solutions, 4)
        self.form = RecordForm(
            context,
            Solution,
            ui.solutionDetail,
            prefix="solution_",
            save=lambda record, fields: challenges.change_solution(context.workspace, record.id, **fields),
        )
        self._usefulness = ChoiceBox(ui.solutionUsefulness, self._rate)
        self._usefulness.offer(ratings())
        self.list.setup(
            context,
            ListSetup(
                cls=Solution,
                key="ideas",
                title=self.tr("Ideas and solutions"),
                add_text=self.tr("Add idea"),
                columns=[
                    Column("title", self.tr("Idea or solution"), tip=lambda one: one.description),
                    Column("kind", self.tr("Kind"), lambda one: Chip.of(one.kind), width=88),
                    Column("useful", self.tr("Useful"), self._useful, width=70),
                    Column("adopted", self.tr("Adopted"), self._adopted, width=86),
                ],
                find=lambda archived: self._find(Solution, archived),
                new=lambda: self._new(
                    lambda challenge: Solution(
                        challenge_id=challenge.id, title=self.tr("New idea"), kind=SolutionKind.IDEA
                    )
                ),
                empty_title=self.tr("No ideas yet"),
                empty_text=self.tr("Note every idea, also the wild ones. The evaluation counts them."),
            ),
        )
        self.list.attach(self.form, ui.solutionDetail)
        self.list.selected.connect(self._show_solution)
        ui.solutionButton.clicked.connect(lambda: self.make_solution())

    def show(self, record_id: UUID) -> None:
        """Turn to an idea and its rating."""
        super().show(record_id)
        self.ui.solutionUsefulness.setFocus()

    def make_solution(self) -> None:
        """The chosen idea has become a solution."""
        solution = self.form.record
        if solution is not None and self.form.flush():
            self.context.attempt(challenges.make_solution, self.context.workspace, solution.id)

    def _show_solution(self, solution: Solution | None) -> None:
        self._usefulness.show(solution.usefulness if solution is not None else None)
        self.ui.solutionButton.setVisible(solution is not None and solution.kind is SolutionKind.IDEA)

    def _rate(self, usefulness: int | None) -> None:
        solution = self.form.record
        if solution is not None:
            context = self.context
            context.attempt(challenges.change_solution, context.workspace, solution.id, usefulness=usefulness)

    def _useful(self, solution: Solution) -> str:
        return self.tr("{rating} of 5").format(rating=solution.usefulness) if solution.usefulness else ""

    def _adopted(self, solution: Solution) -> Chip | None:
        return Chip(self.tr("adopted"), "good") if solution.adopted else None


def ratings() -> list[tuple[Any, str]]:
    """How useful a solution is to us, in words, from 1 to 5."""
    translate = QCoreApplication.translate
    return [
        (None, translate("IdeaList", "not rated")),
        (1, translate("IdeaList", "1 – of no use")),
        (2, translate("IdeaList", "2 – of little use")),
        (3, translate("IdeaList", "3 – useful in part")),
        (4, translate("IdeaList", "4 – useful")),
        (5, translate("IdeaList", "5 – can be used as it is")),
    ]
