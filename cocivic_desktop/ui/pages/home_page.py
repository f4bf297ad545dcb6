"""Home: what to do next in all partnerships, what is coming up, and how far each has come."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop._generated.forms.home_page import Ui_HomePage
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.services import records
from cocivic_desktop.ui import advice
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.overview import Coming, upcoming
from cocivic_desktop.ui.pages.base import Page
from cocivic_desktop.ui.texts.formats import ago_text, day_text
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.theme import set_look
from cocivic_desktop.ui.widgets.advice_row import AdviceRow, SmallRow
from cocivic_desktop.ui.widgets.card import label
from cocivic_desktop.ui.widgets.progress_rings import ProgressRings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QVBoxLayout, QWidget

MOST_STEPS = 25
DAYS_AHEAD = 28


class HomePage(Page):
    """The first thing a person sees. Without partnerships it says how to begin."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_HomePage()
        self.ui.setupUi(self)
        self.ui.newButton.clicked.connect(lambda: self._start())
        self.ui.empty.action_clicked.connect(self._start)
        self.ui.empty.second_clicked.connect(self._sample)
        self.ui.empty.set_texts(
            self.tr("From the first call to a signed agreement"),
            self.tr(
                "A partnership with a school starts here. Choose a model of cooperation, and goals, clauses and a plan "
                "are proposed that you change as you like. Or look round in the sample first: nothing there is real."
            ),
            self.tr("Start a partnership"),
            self.tr("Try the sample workspace"),
        )
        set_look(self.ui.empty.action_button, "primary")

    def reload(self) -> None:
        """Fill the three lists."""
        found = records.find(self.context.workspace, Partnership)
        today = self.context.today()
        self.ui.stack.setCurrentWidget(self.ui.workPage if found else self.ui.emptyPage)
        self.ui.newButton.setVisible(bool(found))
        self.ui.contextLabel.setText(day_text(today, weekday=True))
        if not found:
            return
        names = {one.id: one.title for one in found}
        steps = advice.steps(self.context)
        self.ui.stepsCount.setText(str(len(steps)) if steps else "")
        clear(self.ui.stepsLayout)
        for number, step in enumerate(steps[:MOST_STEPS]):
            row = AdviceRow(self.context, step, names.get(step.partnership_id, ""), primary=number == 0)
            self.ui.stepsLayout.addWidget(row)
        if not steps:
            text = self.tr("Nothing is waiting for you. Well done.")
            self.ui.stepsLayout.addWidget(label(text, "muted", wrap=True))
        self.ui.stepsLayout.addStretch(1)
        self._fill_upcoming(names)
        self._fill_progress(found)

    def _fill_upcoming(self, names: dict[UUID, str]) -> None:
        clear(self.ui.upcomingLayout)
        today = self.context.today()
        coming = upcoming(self.context, today, today + timedelta(days=DAYS_AHEAD))
        for one in coming[:12]:
            self.ui.upcomingLayout.addWidget(self._coming_row(one, names))
        if not coming:
            text = self.tr("No dates in the next four weeks.")
            self.ui.upcomingLayout.addWidget(label(text, "muted", wrap=True))
        self.ui.upcomingLayout.addStretch(1)

    def _coming_row(self, one: Coming, names: dict[UUID, str]) -> QWidget:
        when = " ".join(part for part in (day_text(one.on, weekday=True, year=False), one.time) if part)
        details = [when, one.place, names.get(one.partnership_id, "")]
        note = label(ago_text(one.on, self.context.today()), "label")
        row = SmallRow(one.title, " · ".join(part for part in details if part), note)
        row.link.clicked.connect(lambda: self.context.navigate(one.target))
        return row

    def _fill_progress(self, found: list[Partnership]) -> None:
        clear(self.ui.progressLayout)
        progress = advice.all_progress(self.context)
        for one in sorted(found, key=lambda entry: entry.title.casefold()):
            row = SmallRow(one.title, choice_word(one.pipeline), ProgressRings(progress.get(one.id, {})))
            row.link.clicked.connect(lambda _=False, key=one.id: self.context.navigate(Target.partnership(key)))
            self.ui.progressLayout.addWidget(row)
        self.ui.progressLayout.addStretch(1)

    def _start(self) -> None:
        from cocivic_desktop.ui.dialogs.first_steps import start_partnership

        start_partnership(self.context, self)

    def _sample(self) -> None:
        self.context.navigate(Target("sample"))


def clear(layout: QVBoxLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
