"""Challenges put to student teams: the question, its phases, the team, and what came out of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cocivic_desktop._generated.forms.goals_challenges import Ui_GoalsChallenges
from cocivic_desktop.domain.goals import Challenge, ChallengePhase, Solution, TeamMember
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.services import records
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.pages.part import ChoiceBox, StagePart, fit_rows, fit_width, names_of, our_id, school_id
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.widgets.date_field import DateField
from cocivic_desktop.ui.widgets.record_list import ListSetup

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel, QWidget


class ChallengesPart(StagePart):
    """List at the left, the chosen challenge with team and solutions at the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_GoalsChallenges()
        self.ui.setupUi(self)
        self._people: dict[UUID, str] = {}
        self.form = RecordForm(
            context,
            Challenge,
            self.ui.detail,
            choices={
                "mentor_id": lambda: names_of(context, our_id(context), self._chosen("mentor_id")),
                "teacher_id": lambda: names_of(
                    context, school_id(context, self.partnership_id), self._chosen("teacher_id")
                ),
                "goal_id": lambda: choices.goals(context, self.partnership) if self.partnership_id else [],
            },
        )
        self.member_form = RecordForm(context, TeamMember, self.ui.teamDetail, prefix="member_")
        self.solution_form = RecordForm(context, Solution, self.ui.solutionDetail, prefix="solution_")
        self._usefulness = ChoiceBox(self.ui.solutionUsefulness, self._rate)
        self._usefulness.offer(self._ratings())
        self._phases: dict[ChallengePhase, DateField] = {}
        self._set_up_phases()
        self._set_up_challenges()
        self._set_up_team()
        self._set_up_solutions()
        self.ui.split.setSizes([350, 470])

    def _set_up_phases(self) -> None:
        for phase in ChallengePhase:
            field: DateField = getattr(self.ui, f"{phase.value}_ends")
            label: QLabel = getattr(self.ui, f"{phase.value}Label")
            label.setText(self.tr("{phase} ends").format(phase=choice_word(phase)))
            field.line.setAccessibleName(label.text())
            field.day_changed.connect(lambda day, phase=phase: self._set_phase_end(phase, day))
            self._phases[phase] = field

    def _set_up_challenges(self) -> None:
        self.ui.challenges.setup(
            self.context,
            ListSetup(
                cls=Challenge,
                key="challenges",
                title=self.tr("Challenges"),
                add_text=self.tr("Add challenge"),
                ordered=True,
                columns=[
                    Column("title", self.tr("Challenge"), lambda one: one.title, tip=lambda one: one.question),
                    Column("phase", self.tr("Phase"), self._phase_chip, width=110),
                ],
                find=self._find_challenges,
                new=lambda: Challenge(partnership_id=self.partnership, title=self.tr("New challenge")),
                empty_title=self.tr("No challenges yet"),
                empty_text=self.tr(
                    "A challenge puts a need that your organisation meets to a team of students, as a question they "
                    "can work on: “How might we …?”"
                ),
            ),
        )
        self.ui.challenges.attach(self.form, self.ui.detailScroll)
        self.ui.challenges.selected.connect(self._show_challenge)

    def _set_up_team(self) -> None:
        self.ui.team.setup(
            self.context,
            ListSetup(
                cls=TeamMember,
                key="team",
                title=self.tr("Team"),
                add_text=self.tr("Add learner"),
                columns=[
                    Column("label", self.tr("Learner"), self._learner),
                    Column("named", self.tr("Known by"), self._known_by, width=130),
                ],
                find=self._find_team,
                new=self._new_member,
                empty_title=self.tr("No team yet"),
                empty_text=self.tr("Learners may stand here with their initials or a code; names are not needed."),
            ),
        )
        self.ui.team.attach(self.member_form, self.ui.teamDetail)

    def _set_up_solutions(self) -> None:
        self.ui.solutions.setup(
            self.context,
            ListSetup(
                cls=Solution,
                key="solutions",
                title=self.tr("Ideas and solutions"),
                add_text=self.tr("Add solution"),
                columns=[
                    Column("title", self.tr("Solution"), lambda one: one.title, tip=lambda one: one.description),
                    Column("useful", self.tr("Useful"), self._useful_chip, width=84),
                    Column("adopted", self.tr("Adopted"), self._adopted_chip, width=88),
                ],
                find=self._find_solutions,
                new=self._new_solution,
                empty_title=self.tr("Nothing shown yet"),
                empty_text=self.tr("Note each idea that the team has shown, and how useful it is to you."),
            ),
        )
        self.ui.solutions.attach(self.solution_form, self.ui.solutionDetail)
        self.ui.solutions.selected.connect(self._show_solution)

    def reload(self) -> None:
        """Read the challenges; team and solutions follow with the chosen one."""
        self._people = {one.id: one.name for one in records.find(self.context.workspace, Person, archived=None)}
        self.ui.challenges.reload()

    def open_item(self, section: str, item: UUID | None) -> None:
        """Select a challenge, or the challenge of a solution, and go to the first thing it lacks."""
        workspace = self.context.workspace
        solution = next(iter(records.find(workspace, Solution, id=item)), None) if item is not None else None
        if solution is not None:
            self.ui.challenges.select(solution.challenge_id)
            self.ui.solutions.select(solution.id)
            self.ui.solutionUsefulness.setFocus()
            self._scroll_to(self.ui.solutionCard)
        elif item is not None:
            self.ui.challenges.select(item)
            self._go_to_missing()
        else:
            challenges = self.ui.challenges
            (challenges.add_button if challenges.model.rows else challenges.empty.action_button).setFocus()

    def _go_to_missing(self) -> None:
        challenge: Challenge | None = self.form.record
        if challenge is None:
            return
        due = challenge.phase_dates.get(challenge.phase, "")
        if not challenge.question.strip():
            self.form.focus("question")
        elif challenge.mentor_id is None:
            self.form.focus("mentor_id")
            self.ui.detailScroll.ensureWidgetVisible(self.ui.mentor_id, 0, 80)
        elif due and due < self.context.today().isoformat():
            self.form.focus("phase")
            self._scroll_to(self.ui.phaseCard)
        elif not self.ui.team.model.rows:
            self.ui.team.empty.action_button.setFocus()
            self._scroll_to(self.ui.teamCard)

    def _scroll_to(self, card: QWidget) -> None:
        contents = self.ui.detailScroll.widget()
        layout = contents.layout()
        if layout is not None:
            layout.activate()
            top = card.mapTo(contents, card.rect().topLeft()).y()
            self.ui.detailScroll.verticalScrollBar().setValue(top)

    def _chosen(self, name: str) -> UUID | None:
        chosen: UUID | None = getattr(self.form.record, name, None)
        return chosen

    def _show_challenge(self, challenge: Challenge | None) -> None:
        if challenge is None:
            return
        for phase, field in self._phases.items():
            if not field.line.hasFocus():
                field.set_day(_day(challenge.phase_dates.get(phase, "")))
        self.ui.team.reload()
        self.ui.solutions.reload()
        fit_rows(self.ui.team, 6)
        fit_rows(self.ui.solutions, 5)
        fit_width(self.ui.detailScroll)

    def _show_solution(self, solution: Solution | None) -> None:
        self._usefulness.show(solution.usefulness if solution is not None else None)

    def _rate(self, usefulness: int | None) -> None:
        solution = self.solution_form.record
        if solution is not None:
            self.context.attempt(records.change, self.context.workspace, Solution, solution.id, usefulness=usefulness)

    def _set_phase_end(self, phase: ChallengePhase, day: date | None) -> None:
        challenge: Challenge | None = self.form.record
        if challenge is None:
            return
        stored = records.get(self.context.workspace, Challenge, challenge.id)
        dates = {name: text for name, text in stored.phase_dates.items() if name != phase.value}
        if day is not None:
            dates[phase.value] = day.isoformat()
        self.context.attempt(records.change, self.context.workspace, Challenge, challenge.id, phase_dates=dates)

    def _find_challenges(self, archived: bool) -> list[Challenge]:
        return records.find(
            self.context.workspace,
            Challenge,
            archived=None if archived else False,
            order="position",
            partnership_id=self.partnership,
        )

    def _find_team(self, archived: bool) -> list[TeamMember]:
        if self.form.record is None:
            return []
        found = records.find(
            self.context.workspace,
            TeamMember,
            archived=None if archived else False,
            challenge_id=self.form.record.id,
        )
        return sorted(found, key=lambda one: one.created_at)

    def _find_solutions(self, archived: bool) -> list[Solution]:
        if self.form.record is None:
            return []
        found = records.find(
            self.context.workspace, Solution, archived=None if archived else False, challenge_id=self.form.record.id
        )
        return sorted(found, key=lambda one: one.created_at)

    def _new_member(self) -> TeamMember | None:
        if self.form.record is None:
            return None
        number = len(self._find_team(True)) + 1
        return TeamMember(challenge_id=self.form.record.id, label=self.tr("Learner {number}").format(number=number))

    def _new_solution(self) -> Solution | None:
        if self.form.record is None:
            return None
        return Solution(challenge_id=self.form.record.id, title=self.tr("New solution"))

    def _learner(self, member: TeamMember) -> str:
        return self._people.get(member.person_id, "") if member.person_id else member.label

    def _known_by(self, member: TeamMember) -> str:
        return self.tr("name") if member.person_id else self.tr("initials or code")

    def _phase_chip(self, challenge: Challenge) -> Chip:
        due = _day(challenge.phase_dates.get(challenge.phase, ""))
        late = due is not None and due < self.context.today()
        text = choice_word(challenge.phase)
        return Chip(self.tr("! {phase}").format(phase=text), "warning") if late else Chip(text, "accent")

    def _useful_chip(self, solution: Solution) -> Any:
        return self.tr("{rating} of 5").format(rating=solution.usefulness) if solution.usefulness else ""

    def _adopted_chip(self, solution: Solution) -> Chip | None:
        return Chip(self.tr("adopted"), "good") if solution.adopted else None

    def _ratings(self) -> list[tuple[Any, str]]:
        return [
            (None, self.tr("not rated")),
            (1, self.tr("1 – of no use")),
            (2, self.tr("2 – of little use")),
            (3, self.tr("3 – useful in part")),
            (4, self.tr("4 – useful")),
            (5, self.tr("5 – can be used as it is")),
        ]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
