"""Home: what to do next in all partnerships, what is coming up, and how far each has come."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
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
from cocivic_desktop.ui.widgets.advice_row import AdviceGroup, SmallRow, clear
from cocivic_desktop.ui.widgets.card import label
from cocivic_desktop.ui.widgets.progress_rings import ProgressRings

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from cocivic_desktop.services.advice import Advised
    from cocivic_desktop.ui.advice import Waiting

MOST_DATES = 12
FIRST_DATES = 3
"""How many of the coming dates are shown before all are asked for."""
MOST_CONTACTS = 3
CONTACT_DAYS = 14
"""How many days ahead a contact is shown; what is overdue always is."""
QUIET_MS = 300
"""How long working out next steps may take before the page says that it does; what is quicker must not flicker."""


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
        self._waiting: list[Waiting] | None = None
        self._names: dict[UUID, str] = {}
        self._coming: list[Coming] = []
        self._all_dates = False
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(QUIET_MS)
        self._slow.timeout.connect(self._say_working)
        self.groups: list[AdviceGroup] = []
        """The partnerships where something waits, the most pressing first."""
        self.ui.upcomingButton.hide()
        self.ui.upcomingButton.clicked.connect(lambda: self._show_dates(not self._all_dates))
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

    def first_control(self) -> QWidget | None:
        """The button of what is to be done first."""
        if not self._partnerships:
            return self.ui.empty.action_button
        return self.groups[0].first_button if self.groups else self.ui.newButton

    def _fill(self) -> None:
        """Called again whenever something has been worked out."""
        if not self.context.is_open:
            return
        if not self.isVisible():
            self._stale = True  # what was worked out meanwhile is shown when somebody comes back
            return
        advised = self.context.advisor.all()
        if advised is None:
            self._wait()
        if advised is None or advised is self._shown:
            return
        self._slow.stop()
        self._shown = advised
        names = {one.id: one.title for one in self._partnerships}
        self._fill_steps(names)
        self._fill_upcoming(names, advised)
        self._fill_progress(advised)

    def _wait(self) -> None:
        """Nothing is known yet. What was said of another workspace goes away."""
        if self._waiting is not None:
            self._waiting, self._coming, self.groups = None, [], []
            self.ui.stepsCount.setText("")
            clear(self.ui.stepsLayout)
            clear(self.ui.upcomingLayout)
            self.ui.upcomingButton.hide()
        if self._partnerships and not self._slow.isActive() and not self.ui.stepsLayout.count():
            self._slow.start()

    def _say_working(self) -> None:
        """Say quietly why there is nothing yet, to a screen reader too."""
        text = self.tr("Next steps are being worked out…")
        clear(self.ui.stepsLayout)
        self.ui.stepsLayout.addWidget(label(text, "muted", wrap=True))
        self.ui.stepsLayout.addStretch(1)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.ui.stepsCard, text))

    def _fill_steps(self, names: dict[UUID, str]) -> None:
        """One group for each partnership; nothing is drawn anew that says the same as before."""
        waiting = self.context.advisor.waiting()
        if waiting == self._waiting and names == self._names:
            return
        opened = {group.waiting.partnership_id for group in self.groups if group.shows_all}
        place = self.ui.stepsScroll.verticalScrollBar().value()
        arrived = self._waiting is None
        self._waiting, self._names = waiting, dict(names)
        self.ui.stepsCount.setText(self._counted(sum(one.urgent for one in waiting), sum(one.count for one in waiting)))
        clear(self.ui.stepsLayout)
        self.groups = [
            AdviceGroup(self.context, one, names.get(one.partnership_id, ""), primary=number == 0)
            for number, one in enumerate(waiting)
        ]
        for group in self.groups:
            self.ui.stepsLayout.addWidget(group)
            if group.waiting.partnership_id in opened and group.waiting.count > len(group.waiting.first):
                group.show_all(True)
        if not waiting:
            text = self.tr("Nothing is waiting for you. Well done.")
            self.ui.stepsLayout.addWidget(label(text, "muted", wrap=True))
        self.ui.stepsLayout.addStretch(1)
        QTimer.singleShot(0, self, lambda: self.ui.stepsScroll.verticalScrollBar().setValue(place))
        if arrived and self.groups and self.ui.newButton.hasFocus():
            self.groups[0].first_button.setFocus()  # it was put there only until the steps were known

    def _counted(self, urgent: int, count: int) -> str:
        if not count:
            return ""
        if not urgent:
            return self.tr("{count} in all, none urgent").format(count=count)
        return self.tr("{urgent} to do now, {count} in all").format(urgent=urgent, count=count)

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
        self._names, self._coming = dict(names), upcoming(advised.items(), MOST_DATES)
        self._show_dates(self._all_dates)

    def _show_dates(self, wanted: bool) -> None:
        """Show the first dates that are coming up, or as many as are known."""
        self._all_dates = wanted
        coming = self._coming if wanted else self._coming[:FIRST_DATES]
        clear(self.ui.upcomingLayout)
        for one in coming:
            self.ui.upcomingLayout.addWidget(self._coming_row(one))
        if not coming:
            text = self.tr("No dates in the next four weeks.")
            self.ui.upcomingLayout.addWidget(label(text, "muted", wrap=True))
        self.ui.upcomingButton.setVisible(len(self._coming) > FIRST_DATES)
        self.ui.upcomingButton.setText(
            self.tr("Show fewer") if wanted else self.tr("Show {count}").format(count=len(self._coming))
        )

    def _coming_row(self, one: Coming) -> QWidget:
        when = " ".join(part for part in (day_text(one.on, weekday=True, year=False), one.time) if part)
        details = [when, one.place, self._names.get(one.partnership_id, "")]
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

    def _start(self) -> None:
        from cocivic_desktop.ui.dialogs.first_steps import start_partnership

        start_partnership(self.context, self)

    def _sample(self) -> None:
        self.context.navigate(Target("sample"))
