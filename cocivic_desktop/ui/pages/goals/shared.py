"""Shared goals: the list, the chosen goal with each side's assent, and how it is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop._generated.forms.goals_shared import Ui_GoalsShared
from cocivic_desktop.domain.goals import Indicator, SharedGoal
from cocivic_desktop.services import records
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
        self.indicators = IndicatorsPanel(context)
        self.ui.indicatorCardLayout.addWidget(self.indicators)
        self.ui.goals.setup(
            context,
            ListSetup(
                cls=SharedGoal,
                key="goals",
                title=self.tr("Goals"),
                add_text=self.tr("Add goal"),
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
            ),
        )
        wrap_lines(self.ui.goals, 3)
        self.ui.goals.attach(self.form, self.ui.detailScroll)
        self.ui.goals.selected.connect(self._show_indicators)
        self.ui.split.setSizes([350, 460])

    def reload(self) -> None:
        """Read the goals; the indicators follow with the chosen one."""
        self.ui.goals.reload()

    def open_item(self, section: str, item: UUID | None) -> None:
        """Select a goal and go to the first thing it lacks; without one, to where a goal is added."""
        goals = self.ui.goals
        if section == "indicators" and item is not None:
            found = records.find(self.context.workspace, Indicator, id=item)
            if found and found[0].goal_id is not None:
                goals.select(found[0].goal_id)
            self._bring_up_indicators(item)
        elif item is not None and goals.model.row_of(item) >= 0:
            goals.select(item)
            self._go_to_missing()
        else:
            (goals.add_button if goals.model.rows else goals.empty.action_button).setFocus()

    def _go_to_missing(self) -> None:
        goal = self.form.record
        for name in ASKED:
            if not name:
                if not self.indicators.ui.indicators.model.rows:
                    self._bring_up_indicators(None)
                    return
            elif getattr(goal, name) in (None, ""):
                self.form.focus(name)
                self.ui.detailScroll.ensureWidgetVisible(self.form.fields[name].widget, 0, 80)
                return

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

    def _show_indicators(self, goal: SharedGoal | None) -> None:
        self.indicators.show_goal(goal)
        fit_width(self.ui.detailScroll)

    def _find(self, archived: bool) -> list[SharedGoal]:
        return records.find(
            self.context.workspace,
            SharedGoal,
            archived=None if archived else False,
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
