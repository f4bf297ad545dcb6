"""Shared goals: the list, the chosen goal with each side's assent, and how it is measured."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QFileDialog, QMenu, QPushButton

from cocivic_desktop._generated.forms.goals_shared import Ui_GoalsShared
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.goals import Indicator, SharedGoal
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules.goal_quality import QualityFinding
from cocivic_desktop.files import safe_file_name
from cocivic_desktop.services import goals, records
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.pages.goals.indicators import IndicatorsPanel
from cocivic_desktop.ui.pages.part import StagePart, fit_width, names_of, our_id, school_id, wrap_lines
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.widgets.record_list import ListSetup

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

ASKED = (
    "statement",
    "benefit_cso",
    "benefit_school",
    "benefit_learners",
    "owner_cso_id",
    "owner_school_id",
    "agreed_cso_on",
    "agreed_school_on",
    "",
    "target_on",
    "mission_link",
)
"""What a goal needs, in the order in which the next steps ask for it; "" stands for an indicator."""
USUAL_DAY = "Wed 30 Apr 2027"
LIST_HEIGHT, LIST_HEIGHT_WHEN_GOOD, WHOLE_HEIGHT = 200, 300, 440
"""Of the left side: what the list of goals takes, in parts of the whole."""


class SharedGoalsPart(StagePart):
    """List at the left, everything about the chosen goal at the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_GoalsShared()
        self.ui.setupUi(self)
        self.form = RecordForm(
            context,
            SharedGoal,
            self.ui.detail,
            choices={
                "owner_cso_id": lambda: names_of(context, our_id(context), self._chosen("owner_cso_id")),
                "owner_school_id": lambda: names_of(
                    context, school_id(context, self.partnership_id), self._chosen("owner_school_id")
                ),
            },
        )
        self._shown: UUID | None = None
        """The goal that stands at the right; another one is read from its beginning."""
        self.indicators = IndicatorsPanel(context)
        self.sheet_button = QPushButton(self.tr("Goal sheet"))
        self.sheet_button.setToolTip(self.tr("All goals on paper for the meeting, with lines for what is missing"))
        menu = QMenu(self)
        for language, language_word in choices.written_languages():
            menu.addAction(language_word).triggered.connect(lambda _=False, code=language.value: self.save_sheet(code))
        self.sheet_button.setMenu(menu)
        self.ui.indicatorCardLayout.addWidget(self.indicators)
        self.ui.goals.setup(
            context,
            ListSetup(
                cls=SharedGoal,
                key="goals",
                title=self.tr("Goals"),
                add_text=self.tr("Add"),
                ordered=True,
                columns=[
                    Column("statement", self.tr("Goal"), self._statement, tip=lambda goal: goal.statement),
                    Column("agreed", self.tr("Agreed by"), self._agreed, width=104),
                ],
                find=self._find,
                new=lambda: SharedGoal(partnership_id=self.partnership, statement=self.tr("New goal")),
                empty_title=self.tr("No shared goals yet"),
                empty_text=self.tr(
                    "Goals are written together with the school: what will be different at the end, and what each "
                    "side gains. Start with what both of you want, or look at your common ground."
                ),
                extra=[self.sheet_button],
            ),
        )
        wrap_lines(self.ui.goals, 3)
        self.ui.goals.attach(self.form, self.ui.detailScroll)
        self.ui.goals.selected.connect(self._show_goal)
        self.ui.quality.wanted.connect(self.go_to_finding)
        for side, agree, take_back in (
            (Side.CSO, self.ui.assent_cso, self.ui.takeBack_cso),
            (Side.SCHOOL, self.ui.assent_school, self.ui.takeBack_school),
        ):
            agree.clicked.connect(partial(self._assent, side))
            take_back.clicked.connect(partial(self._take_back, side))
        self.ui.theme.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.ui.target_on.line.setMinimumWidth(self.ui.target_on.line.fontMetrics().horizontalAdvance(USUAL_DAY))
        self.ui.theme.setMinimumContentsLength(8)  # the longest theme would not fit beside the day in a small window
        self._split_at = 0
        self.ui.leftSplit.splitterMoved.connect(lambda: self.ui.leftSplit.setProperty("moved", True))
        self.ui.split.setSizes([350, 460])

    def reload(self) -> None:
        """Read the goals; the indicators follow with the chosen one."""
        self.ui.goals.reload()

    def open_item(self, section: str, item: UUID | None) -> None:
        """Select a goal and go to the first thing it lacks; without one, to where a goal is added."""
        listed = self.ui.goals
        if section == "indicators" and item is not None:
            found = records.find(self.context.workspace, Indicator, id=item)
            if found and found[0].goal_id is not None:
                listed.select(found[0].goal_id)
            self._bring_up_indicators(item)
        elif item is not None and listed.model.row_of(item) >= 0:
            listed.select(item)
            self._go_to_missing()
        else:
            (listed.add_button if listed.model.rows else listed.empty.action_button).setFocus()

    def _go_to_missing(self) -> None:
        """The first empty field in the order in which the next steps ask; else what the quality check says first."""
        goal = self.form.record
        if goal is None:
            return
        for name in ASKED:
            if not name:
                if not self.indicators.ui.indicators.model.rows:
                    self._bring_up_indicators(None)
                    return
            elif getattr(goal, name) in (None, ""):
                self._focus(name)
                return
        found = goals.quality(self.context.workspace, self.partnership, self.context.today(), goal.id)
        for finding in found.get(goal.id, [])[:1]:
            self.go_to_finding(finding)

    def _focus(self, name: str) -> None:
        self.form.focus(name)
        self.ui.detailScroll.ensureWidgetVisible(self.form.fields[name].widget, 0, 80)

    def _bring_up_indicators(self, item: UUID | None) -> None:
        self.indicators.go_to(item)
        bar = self.ui.detailScroll.verticalScrollBar()
        contents = self.ui.detailScroll.widget()
        layout = contents.layout()
        if layout is not None:
            layout.activate()
        bar.setValue(self.ui.indicatorCard.y())

    def _chosen(self, name: str) -> UUID | None:
        chosen: UUID | None = getattr(self.form.record, name, None)
        return chosen

    def go_to_finding(self, finding: QualityFinding) -> None:
        """Put the keyboard where a finding of the quality check is settled."""
        if finding.at == "indicators":
            self._bring_up_indicators(finding.indicator_id)
            if finding.indicator_id is not None:
                self.indicators.form.focus(finding.code.removesuffix("_missing"))
            return
        self._focus(finding.at)

    def save_sheet(self, language: str) -> None:
        """Ask for a file and write the goal sheet there."""
        if not self.form.flush():
            return
        title = records.get(self.context.workspace, Partnership, self.partnership).title
        proposed = str(Path.home() / f"{safe_file_name(self.tr('Goals – {title}').format(title=title))}.docx")
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the goal sheet"), proposed, self.tr("Word documents (*.docx)")
        )
        if name:
            self.save_sheet_to(Path(name), language)

    def save_sheet_to(self, path: Path, language: str) -> None:
        """Write the goal sheet in a language, off the GUI thread."""
        from cocivic_desktop.services.goal_sheet import write_sheet

        workspace, partnership_id, today = self.context.workspace, self.partnership, self.context.today()
        self.context.tasks.run(
            lambda: write_sheet(workspace, partnership_id, path, language, today, force=True),
            lambda _: self.context.notify(self.tr("Saved {path}").format(path=path)),
            self.context.report,
        )

    def _show_goal(self, goal: SharedGoal | None) -> None:
        self.indicators.show_goal(goal)
        fit_width(self.ui.detailScroll)
        self.ui.qualityCard.setVisible(goal is not None)
        if goal is not None and goal.id != self._shown:
            self._shown = goal.id
            self.ui.detailScroll.verticalScrollBar().setValue(0)
        if goal is None or not self.context.is_open:
            return
        found = goals.quality(self.context.workspace, self.partnership, self.context.today(), goal.id)
        self.ui.quality.show_findings(found.get(goal.id, []))
        self._share_height(LIST_HEIGHT if found.get(goal.id) else LIST_HEIGHT_WHEN_GOOD)
        for side, agree, take_back, agreed in (
            (Side.CSO, self.ui.assent_cso, self.ui.takeBack_cso, goal.agreed_cso_on),
            (Side.SCHOOL, self.ui.assent_school, self.ui.takeBack_school, goal.agreed_school_on),
        ):
            agree.setVisible(agreed is None)
            take_back.setVisible(agreed is not None)
            name = self._speaker(goal, side)
            agree.setText(self.tr("Agreed today by {name}").format(name=name) if name else self.tr("Agreed today by…"))

    def _share_height(self, for_list: int) -> None:
        """A goal without findings leaves the room to the list, unless a person has drawn the line somewhere."""
        if for_list != self._split_at and not self.ui.leftSplit.property("moved"):
            self._split_at = for_list
            self.ui.leftSplit.setSizes([for_list, WHOLE_HEIGHT - for_list])

    def _speaker(self, goal: SharedGoal, side: Side) -> str:
        """The name that stands there already, else who most likely speaks for the side."""
        typed = (self.ui.agreed_cso_by if side is Side.CSO else self.ui.agreed_school_by).text().strip()
        return typed or goals.assenting_name(self.context.workspace, goal, side)

    def _assent(self, side: Side) -> None:
        """One click: agreed today. Without any name, the field asks for it first."""
        goal = self.form.record
        if goal is None or not self.form.flush():
            return
        name = self._speaker(goal, side)
        if not name:
            self.form.focus("agreed_cso_by" if side is Side.CSO else "agreed_school_by")
            self.context.notify(self.tr("Write who agrees for this side, then press the button again."))
            return
        self._keep_keyboard(side)
        self.context.attempt(goals.assent, self.context.workspace, goal.id, side, name, self.context.today())

    def _take_back(self, side: Side) -> None:
        goal = self.form.record
        if goal is not None and self.form.flush():
            self._keep_keyboard(side)
            self.context.attempt(goals.take_back_assent, self.context.workspace, goal.id, side)

    def _keep_keyboard(self, side: Side) -> None:
        """The button that was pressed gives way to the other one: stay beside it."""
        (self.ui.agreed_cso_by if side is Side.CSO else self.ui.agreed_school_by).setFocus()

    def _find(self, archived: bool) -> list[SharedGoal]:
        return records.listed(
            self.context.workspace,
            SharedGoal,
            archived,
            order="position",
            partnership_id=self.partnership,
        )

    def _statement(self, goal: SharedGoal) -> str:
        return " ".join(goal.statement.split()) or self.tr("(no words yet)")

    def _agreed(self, goal: SharedGoal) -> Chip:
        own, school = goal.agreed_cso_on is not None, goal.agreed_school_on is not None
        if own and school:
            return Chip(self.tr("both sides"), "good")
        if own:
            return Chip(self.tr("us only"), "warning")
        if school:
            return Chip(self.tr("school only"), "warning")
        return Chip(self.tr("nobody yet"))
