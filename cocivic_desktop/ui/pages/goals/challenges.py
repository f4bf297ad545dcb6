"""Challenges put to student teams: as a list with the chosen one beside it, or as a board by phase."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QFileDialog, QMenu

from cocivic_desktop._generated.forms.goals_challenges import Ui_GoalsChallenges
from cocivic_desktop.domain.goals import Challenge, ChallengePhase, CoachingNote, Solution
from cocivic_desktop.files import safe_file_name
from cocivic_desktop.services import challenges, records
from cocivic_desktop.services.challenges import ChallengeCard
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.pages.goals.challenge_lists import IdeaList, NoteList, TeamList
from cocivic_desktop.ui.pages.goals.challenge_phases import PhaseFields
from cocivic_desktop.ui.pages.part import StagePart, begin_with, names_of, our_id, school_id, wrap_lines
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.formats import day_text
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.widgets.board_cards import CardText
from cocivic_desktop.ui.widgets.record_list import ListSetup

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

BOARD = "goals/challenges_board"
"""Setting: whether the board is shown instead of the list."""


CHALLENGE_SECTIONS = (
    "challenges",
    "challenge_people",
    "challenge_phases",
    "challenge_learning",
    "challenge_notes",
    "challenge_ideas",
    "challenge",
    "solution",
    "coaching_note",
)
"""Sections of the page's targets that lead here: what a challenge lacks, and kinds of record."""
NARROWEST = 126
"""Least width of a phase on the board, in logical pixels: five fit beside the navigation of a small window."""


class ChallengesPart(StagePart):
    """The list is for working on one challenge, the board for seeing where all of them stand."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_GoalsChallenges()
        self.ui.setupUi(self)
        self._cards: dict[UUID, ChallengeCard] = {}
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
        self.phases = PhaseFields(self.ui, context, lambda: self.form.record)
        self.team = TeamList(self.ui, context, lambda: self.form.record)
        self.notes = NoteList(self.ui, context, lambda: self.form.record)
        self.ideas = IdeaList(self.ui, context, lambda: self.form.record)
        self._set_up_list()
        self._set_up_board()
        self._set_up_brief()
        self.ui.parts.tabBar().setDrawBase(False)
        self.ui.split.setSizes([300, 520])

    def _set_up_list(self) -> None:
        self.ui.challenges.setup(
            self.context,
            ListSetup(
                cls=Challenge,
                key="challenges",
                title=self.tr("Challenges"),
                ordered=True,
                columns=[
                    Column("title", self.tr("Challenge"), tip=lambda one: one.question),
                    Column("phase", self.tr("Phase"), self._phase_chip, width=104),
                ],
                find=self._find,
                new=lambda: Challenge(partnership_id=self.partnership, title=self.tr("New challenge")),
                empty_title=self.tr("No challenges yet"),
                empty_text=self.tr(
                    "A challenge puts a need that your organisation meets to a team of students, as a question they "
                    "can work on: “How might we …?”"
                ),
            ),
        )
        wrap_lines(self.ui.challenges)
        self.ui.challenges.attach(self.form, self.ui.detailCard)
        begin_with(self.ui.challenges, self.form, "title")
        self.ui.challenges.selected.connect(self._show_challenge)
        self.ui.emptyState.set_texts(
            self.ui.challenges.empty.title_label.text(),
            self.ui.challenges.empty.text_label.text(),
            self.ui.addButton.text(),
        )
        self.ui.emptyState.action_clicked.connect(self.add)
        self.ui.addButton.clicked.connect(lambda: self.add())

    def _set_up_board(self) -> None:
        board = self.ui.board
        board.set_up(list(ChallengePhase), lambda card: card.phase, self._card_text, NARROWEST)
        board.moved.connect(self._move)
        board.opened.connect(self._open)
        board.put_away.connect(
            lambda card: self.context.attempt(records.archive, self.context.workspace, Challenge, card.id)
        )
        self.ui.listButton.clicked.connect(lambda: self.show_board(False))
        self.ui.boardButton.clicked.connect(lambda: self.show_board(True))

    def _set_up_brief(self) -> None:
        menu = QMenu(self)
        for language, word in choices.written_languages():
            menu.addAction(word).triggered.connect(lambda _=False, code=language.value: self.save_brief(code))
        self.ui.briefButton.setMenu(menu)
        self.ui.briefButton.setToolTip(
            self.tr("One or two pages for the students, to be opened in Word or LibreOffice")
        )

    def reload(self) -> None:
        """Read the challenges; team, notes and ideas follow with the chosen one."""
        self.ui.challenges.reload()
        self.ui.board.show_cards([card for card in self._cards.values() if not card.challenge.archived])
        self._show_view()

    def show_board(self, on: bool) -> None:
        """Show the board or the list, and remember it on this computer."""
        self.context.set_flag(BOARD, on)
        self._show_view()
        if on and self.form.record is not None:
            self.ui.board.select(self.form.record.id, focus=True)
        elif not on:
            self.ui.challenges.table.setFocus()

    def add(self) -> None:
        """Add a challenge and begin with its title."""
        if self.context.flag(BOARD):
            self.show_board(False)
        self.ui.views.setCurrentWidget(self.ui.listPage)
        self.ui.challenges.add()

    def open_item(self, section: str, item: UUID | None) -> None:
        """Select a challenge, or that of an idea or a note, and go to what the section is about."""
        workspace = self.context.workspace
        wanted: dict[str, Any] = {"id": item}
        part: Any = next(
            (one for cls in (Solution, CoachingNote) for one in records.find(workspace, cls, **wanted) if item), None
        )
        if item is None:
            (self.ui.addButton if self._cards else self.ui.emptyState.action_button).setFocus()
            return
        self.ui.views.setCurrentWidget(self.ui.listPage)
        self.ui.listButton.setChecked(True)
        self.ui.challenges.select(part.challenge_id if part is not None else item)
        if isinstance(part, Solution):
            self.ideas.show(part.id)
        elif isinstance(part, CoachingNote):
            self.notes.show(part.id)
        else:
            self._go_to(section)

    def save_brief(self, language: str) -> None:
        """Ask for a file and write the brief for the class there."""
        if self.form.record is None or not self.form.flush():
            return
        proposed = str(Path.home() / f"{safe_file_name(self.form.record.title)}.docx")
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the brief for the class"), proposed, self.tr("Word documents (*.docx)")
        )
        if name:
            self.save_brief_to(Path(name), language)

    def save_brief_to(self, path: Path, language: str) -> None:
        """Write the brief in a language, off the GUI thread."""
        record = self.form.record
        if record is None:
            return
        from cocivic_desktop.services.challenge_brief import write_brief

        workspace, challenge_id = self.context.workspace, record.id
        saved = self.tr("Saved {path}").format(path=path)
        self.context.tasks.run(
            lambda: write_brief(workspace, challenge_id, path, language, force=True),
            lambda _: self.context.notify(saved),
            self.context.report,
        )

    def _go_to(self, section: str) -> None:
        """Put the keyboard where the chosen challenge lacks what the section is about."""
        challenge: Challenge | None = self.form.record
        if challenge is None:
            return
        fields = {
            "challenges": ("question", "social_need", "mission_link"),
            "challenge_people": ("mentor_id", "teacher_id"),
            "challenge_learning": ("learning_objectives", "curriculum_link"),
        }.get(section, ())
        lacks = next((name for name in fields if not getattr(challenge, name)), None)
        card = self._cards.get(challenge.id)
        if lacks is not None:
            self.form.focus(lacks)
        elif section == "challenge_people":
            self.team.focus()
        elif section == "challenge_phases" and card is not None and card.is_late(self.context.today()):
            self.form.focus("phase")
        elif section == "challenge_phases":
            self.phases.focus()
        elif section == "challenge_notes":
            self.notes.focus()
        elif section == "challenge_ideas":
            self.ideas.focus()

    def _show_view(self) -> None:
        shown = [card for card in self._cards.values() if not card.challenge.archived]
        board = self.context.flag(BOARD) and bool(shown)
        self.ui.boardButton.setChecked(board)
        self.ui.listButton.setChecked(not board)
        for button in (self.ui.listButton, self.ui.boardButton, self.ui.addButton):
            button.setVisible(bool(self._cards))
        page = self.ui.boardPage if board else self.ui.listPage if self._cards else self.ui.emptyPage
        self.ui.views.setCurrentWidget(page)
        self.ui.challenges.add_button.hide()

    def _show_challenge(self, challenge: Challenge | None) -> None:
        self.ui.headLabel.setText(challenge.title if challenge is not None else "")
        for part in (self.phases, self.team, self.notes, self.ideas):
            part.reload()
        if challenge is None:
            return
        card = self._cards.get(challenge.id)
        tabs = self.ui.parts
        counts = (None, card.team, None, card.notes, card.ideas + card.solutions) if card is not None else (None,) * 5
        words = (self.tr("Question"), self.tr("People"), self.tr("Phases"), self.tr("Notes"), self.tr("Ideas"))
        for number, (word, count) in enumerate(zip(words, counts, strict=True)):
            tabs.setTabText(number, f"{word} {count}" if count else word)

    def _find(self, archived: bool) -> list[Challenge]:
        found = challenges.cards(self.context.workspace, self.partnership, archived=None)
        self._cards = {card.id: card for card in found}
        return [card.challenge for card in found if archived or not card.challenge.archived]

    def _chosen(self, name: str) -> UUID | None:
        chosen: UUID | None = getattr(self.form.record, name, None)
        return chosen

    def _move(self, challenge_id: UUID, phase: ChallengePhase) -> None:
        self.context.attempt(challenges.move, self.context.workspace, challenge_id, phase)

    def _open(self, card: ChallengeCard | None) -> None:
        if card is not None:
            self.show_board(False)
            self.ui.challenges.select(card.id)

    def _phase_chip(self, challenge: Challenge) -> Chip:
        text = choice_word(challenge.phase)
        card = self._cards.get(challenge.id)
        late = card is not None and card.is_late(self.context.today())
        return Chip(self.tr("! {phase}").format(phase=text), "warning") if late else Chip(text, "accent")

    def _card_text(self, card: ChallengeCard) -> CardText:
        parts: list[Any] = []
        if card.solutions:
            parts.append(self.tr("solutions: {count}").format(count=card.solutions))
        if card.ideas:
            parts.append(self.tr("ideas: {count}").format(count=card.ideas))
        due, chip = card.due_on, None
        if due is not None and card.is_late(self.context.today()):
            chip = Chip(self.tr("! since {day}").format(day=day_text(due, year=False)), "warning")
        elif due is not None:
            chip = Chip(self.tr("until {day}").format(day=day_text(due, year=False)))
        return CardText(card.challenge.title, card.mentor or self.tr("no mentor yet"), chip, " · ".join(parts))
