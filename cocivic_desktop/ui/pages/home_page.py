"""Home: what to do next in all partnerships, what is coming up, and how far each has come."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QSizePolicy

from cocivic_desktop._generated.forms.home_page import Ui_HomePage
from cocivic_desktop.domain.partnerships import Partnership, Stage
from cocivic_desktop.domain.rules.pipeline import Prospect, in_order, is_only_an_idea
from cocivic_desktop.services import pipeline, records
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.overview import Coming, upcoming
from cocivic_desktop.ui.pages.base import Page
from cocivic_desktop.ui.pages.partnerships.cards import contact_chip
from cocivic_desktop.ui.texts.formats import ago_text, day_text
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.theme import set_look
from cocivic_desktop.ui.widgets.advice_row import AdviceRow, SmallRow
from cocivic_desktop.ui.widgets.card import label
from cocivic_desktop.ui.widgets.progress_rings import ProgressRings

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QVBoxLayout, QWidget

    from cocivic_desktop.services.advice import Advised

MOST_STEPS = 25
MOST_DATES = 12
MOST_CONTACTS = 3
CONTACT_DAYS = 14
"""How many days ahead a contact is shown; what is overdue always is."""


class HomePage(Page):
    """The first thing a person sees. Without partnerships it says how to begin."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_HomePage()
        self.ui.setupUi(self)
        self.ui.newButton.clicked.connect(lambda: self._start())
        self.ui.contactsButton.clicked.connect(lambda: context.navigate(Target("partnerships", section="due")))
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
        self._partnerships: list[Partnership] = []
        self._shown: dict[UUID, Advised] | None = None
        self._day: date | None = None
        context.advisor.ready.connect(self._fill)

    def reload(self) -> None:
        """Show the partnerships at once; next steps, dates and progress as soon as they have been worked out."""
        found = records.find(self.context.workspace, Partnership)
        found.sort(key=lambda entry: entry.title.casefold())
        if found != self._partnerships or self._day != self.context.today():
            self._partnerships, self._day, self._shown = found, self.context.today(), None
            self.ui.stack.setCurrentWidget(self.ui.workPage if found else self.ui.emptyPage)
            self.ui.newButton.setVisible(bool(found))
            self.ui.contextLabel.setText(day_text(self._day, weekday=True))
            self._fill_progress({})
        self._fill_contacts()
        self._fill()

    def _fill(self) -> None:
        """Called again whenever something has been worked out."""
        if not self.context.is_open or not self.isVisible():
            return
        advised = self.context.advisor.all()
        if advised is None or advised is self._shown:
            return
        self._shown = advised
        names = {one.id: one.title for one in self._partnerships}
        self._fill_steps(names)
        self._fill_upcoming(names, advised)
        self._fill_progress(advised)

    def _fill_steps(self, names: dict[UUID, str]) -> None:
        count = self.context.advisor.step_count()
        self.ui.stepsCount.setText(str(count) if count else "")
        clear(self.ui.stepsLayout)
        for number, step in enumerate(self.context.advisor.steps(most=MOST_STEPS)):
            row = AdviceRow(self.context, step, names.get(step.partnership_id, ""), primary=number == 0)
            self.ui.stepsLayout.addWidget(row)
        if not count:
            text = self.tr("Nothing is waiting for you. Well done.")
            self.ui.stepsLayout.addWidget(label(text, "muted", wrap=True))
        self.ui.stepsLayout.addStretch(1)

    def _fill_contacts(self) -> None:
        """Whom to contact, overdue first; nothing of it where nobody is due."""
        today = self.context.today()
        until = today + timedelta(days=CONTACT_DAYS)
        found = in_order(
            one
            for one in pipeline.prospects(self.context.workspace)
            if one.next_contact_on is not None and one.next_contact_on <= until
        )
        clear(self.ui.contactsLayout)
        self.ui.contactsCard.setVisible(bool(found))
        due = sum(one.is_due(today) for one in found)
        self.ui.contactsCount.setText(self.tr("{count} due").format(count=due) if due else "")
        self.ui.contactsButton.setVisible(due > MOST_CONTACTS)
        for one in found[:MOST_CONTACTS]:
            self.ui.contactsLayout.addWidget(self._contact_row(one))

    def _contact_row(self, one: Prospect) -> QWidget:
        chip = contact_chip(one, self.context.today())
        note = label(chip.word, f"chip-{chip.tone}") if chip is not None else None
        if note is not None:
            note.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        row = SmallRow(one.school_name or one.partnership.title, one.partnership.title, note)
        target = Target.partnership(one.id, Stage.INITIATE, "outreach")
        row.link.clicked.connect(lambda: self.context.navigate(target))
        return row

    def _fill_upcoming(self, names: dict[UUID, str], advised: dict[UUID, Advised]) -> None:
        clear(self.ui.upcomingLayout)
        coming = upcoming(advised.items(), MOST_DATES)
        for one in coming:
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

    def _fill_progress(self, advised: dict[UUID, Advised]) -> None:
        clear(self.ui.progressLayout)
        for one in self._partnerships:
            if is_only_an_idea(one):
                continue  # it stands in the pipeline, and has come nowhere yet
            known = advised.get(one.id)
            row = SmallRow(one.title, choice_word(one.pipeline), ProgressRings(known.progress if known else {}))
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
