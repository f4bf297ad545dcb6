"""The calendar itself: a school year, a month, a week or a list, and the chosen date below."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from cocivic_desktop._generated.forms.calendar_views import Ui_CalendarViews
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.services import calendar_window
from cocivic_desktop.services.promised_time import over_commitment
from cocivic_desktop.ui.pages.calendar import detail as details
from cocivic_desktop.ui.pages.calendar.acting import TEN, Acting
from cocivic_desktop.ui.pages.calendar.data import CalendarData, Entry, Key, ViewKind, Wanted, load, with_promises
from cocivic_desktop.ui.pages.calendar.detail import ACTIVITY_TAB, BAR, DATE_TAB, PEOPLE_TAB, Detail
from cocivic_desktop.ui.pages.calendar.emptiness import no_year_words, nothing_words
from cocivic_desktop.ui.pages.calendar.filter_bar import FilterBar
from cocivic_desktop.ui.pages.calendar.head import Head
from cocivic_desktop.ui.pages.calendar.loading import first_choice, first_weekday, with_known
from cocivic_desktop.ui.pages.calendar.panel import keep_small
from cocivic_desktop.ui.pages.calendar.plan_menus import PlanMenus
from cocivic_desktop.ui.pages.calendar.views.agenda import AgendaView
from cocivic_desktop.ui.pages.calendar.views.ink import short_text
from cocivic_desktop.ui.pages.calendar.views.month import MonthView
from cocivic_desktop.ui.pages.calendar.views.spots import Move, Spot
from cocivic_desktop.ui.pages.calendar.views.strip import StripView
from cocivic_desktop.ui.pages.calendar.views.week import WeekView
from cocivic_desktop.ui.pages.part import StagePart
from cocivic_desktop.ui.record_form import flush_forms
from cocivic_desktop.ui.widgets.empty_state import EmptyState

View = StripView | MonthView | WeekView | AgendaView

if TYPE_CHECKING:
    from uuid import UUID

    from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent

    from cocivic_desktop.domain.rules.conflicts import Conflict
    from cocivic_desktop.domain.rules.recurrence import Occurrence
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.tasks import Job


class PlanPart(StagePart):
    """Loads what the view in front shows, and takes what the person does in it to `Acting`."""

    room_wanted = Signal()
    """`wants_room` has changed."""
    years_wanted = Signal()
    """The person wants to set up the school's year."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = ui = Ui_CalendarViews()
        ui.setupUi(self)
        self.data: CalendarData | None = None
        self._around: date | None = None
        self._chosen: Key | None = None
        self._chosen_by_hand = False
        self._naming: Key | None = None
        """A new activity that waits for its title."""
        self._arriving: date | None = None
        self._job: Job | None = None
        self._over: list[Conflict] | None = None
        self._without_year: UUID | None = None
        self._shared: tuple[bool, bool] | None = None
        self._by_hand = False
        """Whether the person has shared the height."""
        self._asked = False
        self.head = Head(context, ui, self)
        self.filter_bar = FilterBar(context, ui, self)
        self.detail = Detail(context, ui, self)
        self.acting = Acting(context, self)
        self.menus = PlanMenus(self)
        self.no_year, self.nothing = EmptyState(parent=self), EmptyState(parent=self)
        ui.places.addWidget(self.no_year)
        ui.viewStack.addWidget(self.nothing)
        self.views: dict[ViewKind, View] = {
            ViewKind.STRIP: ui.strip,
            ViewKind.MONTH: ui.month,
            ViewKind.WEEK: ui.week,
            ViewKind.AGENDA: ui.agenda,
        }
        for chip in (ui.legendHoliday, ui.legendAssessment, ui.legendTentative, ui.legendUnwise, ui.legendImpossible):
            keep_small(chip)
        self._connect()

    # ---- loading ----

    def load(self, partnership_id: UUID) -> None:
        """Called when data changed. Another partnership begins with its present year."""
        if partnership_id != self.partnership_id:
            self.detail.leave()
            self._around, self._chosen, self.data = None, None, None
            self._chosen_by_hand = False
        self._over = None
        super().load(partnership_id)

    def reload(self) -> None:
        """Read what the view shows away from the GUI thread; what was seen stands until then.

        With many activities the partnership's own dates come first; dates over the promised hours come last.
        """
        self.acting.forget()
        if self._job is not None:
            self._job.cancel()
        wanted = Wanted(
            self.partnership,
            self.head.view,
            self._around,
            self.context.today(),
            self.filter_bar.filters,
            first_weekday(),
        )
        workspace, run, before = self.context.workspace, self.context.tasks.run, self.data

        over = self._over

        def read(*, quick: bool) -> CalendarData:
            data = load(workspace, wanted, quick=quick, before=before)
            return with_promises(data, over) if over is not None and data.complete else data

        def promises(data: CalendarData) -> tuple[list[Conflict], CalendarData]:
            found = over_commitment(workspace, wanted.partnership_id, wanted.today)
            return found, with_promises(data, found)

        def take_promises(told: tuple[list[Conflict], CalendarData]) -> None:
            self._over = told[0]
            if told[1] is not self.data:
                self._take(told[1])

        def whole(data: CalendarData) -> None:
            self._take(data)
            if over is None:
                self._job = run(lambda: promises(data), take_promises)

        def first(data: CalendarData) -> None:
            if data.complete:
                whole(data)
                return
            self._take(with_known(data, self.data))
            self._job = run(lambda: read(quick=False), whole)

        self._job = run(lambda: read(quick=True), first)

    def _take(self, data: CalendarData) -> None:
        self._job = None
        self.data = data
        if self._arriving is not None:
            self._chosen = None
        elif self._chosen is None and not self._chosen_by_hand:
            self._chosen = first_choice(data)
        self._show()

    def partnership_shown(self) -> Partnership | None:
        """The partnership, once it is read."""
        return self.data.partnership if self.data is not None else None

    # ---- showing ----

    @property
    def view(self) -> View:
        """The view in front."""
        return self.views[self.head.view]

    def _show(self) -> None:
        data, ui = self.data, self.ui
        if data is None:
            return
        self.head.describe(data, data.days)
        self.filter_bar.describe(data)
        if not data.years and self._without_year != data.partnership.id:
            self.no_year.set_texts(*no_year_words(data))
            ui.places.setCurrentWidget(self.no_year)
            return
        ui.places.setCurrentWidget(ui.planPlace)
        view = self.view
        view.show_data(data)
        ui.viewStack.setCurrentWidget(self.nothing if self._is_empty(data) else view)
        if self._arriving is not None:
            before = view.current_spot()
            view.step_to(Spot(self._arriving, before.at if before is not None else None))
            self._arriving = None
        self.choose(self._chosen)
        if self._naming is not None and data.entry(self._naming) is not None:
            self._naming = None
            self.ui.activityPanel.form.focus("title")

    def choose(self, key: Key | None) -> None:
        """Choose a date in the view and tell about it below."""
        data = self.data
        if data is None:
            return
        if key != self._chosen:
            self.detail.leave()
        self._chosen = key
        self.view.choose(key)
        self.detail.show_entry(data, data.entry(key))
        self._share_height()

    def _is_empty(self, data: CalendarData) -> bool:
        """Whether there is nothing to show in a list, or in a year behind a filter; then say what to do."""
        narrow = data.wanted.filters.narrow
        if data.entries or data.archived or (self.head.view is not ViewKind.AGENDA and not narrow):
            return False
        if self.head.view in (ViewKind.MONTH, ViewKind.WEEK):
            return False
        self.nothing.set_texts(*nothing_words(data))
        return True

    def _fill_emptiness(self) -> None:
        """What the empty place offers: everything again, or a first activity."""
        if self.filter_bar.filters.narrow:
            self.filter_bar.clear()
        else:
            self.add_activity()

    def _plan_anyway(self) -> None:
        self._without_year = self.partnership_id
        self._show()

    # ---- going somewhere ----

    def open_item(self, section: str, item: UUID | None) -> None:
        """Sections: activities, people; `item` is an activity."""
        if section:
            self._without_year = self.partnership_id
        if item is None:
            return
        workspace, today = self.context.workspace, self.context.today()

        def take(one: Occurrence | None) -> None:
            if one is not None:
                self._around, self._chosen = one.on, (one.activity_id, one.original_on)
                self.detail.open(PEOPLE_TAB if section == "people" else DATE_TAB)
                self.reload()

        self.context.tasks.run(lambda: calendar_window.coming(workspace, item, today), take, lambda error: None)

    def go_to_day(self, day: date | None, *, keyboard: bool = False) -> None:
        """Show the days around a day; None is today."""
        self._around, self._chosen_by_hand = day, True
        self._arriving = day or self.context.today() if keyboard or day is None else None
        if self._arriving is None:
            self._chosen = None
        self.reload()

    def _turn_view(self) -> None:
        """Another view shows the days around the chosen date."""
        flush_forms(self)
        entry = self.data.entry(self._chosen) if self.data is not None else None
        if entry is not None:
            self._around = entry.on
        self.reload()

    # ---- acting ----

    def add_activity(self, spot: Spot | None = None) -> None:
        """A new activity at a place, else a week ahead at ten, ready to be named; one step of undo."""
        data = self.data
        if data is None:
            return
        on = spot.on if spot is not None else self._open_day(self.context.today() + timedelta(days=7))
        at = (spot.at or (None if spot.whole_day else TEN)) if spot is not None else TEN
        key = self.acting.add(data, on, at)
        if key is None:
            return
        self._without_year = data.partnership.id
        self._chosen, self._around, self._naming = key, on, key
        self.detail.open(ACTIVITY_TAB)
        self.reload()

    def _open_day(self, day: date) -> date:
        """The first school day from `day` on without a closure, at most some weeks later."""
        view = self.data.view if self.data is not None else None
        if view is None:
            return day
        days = (day + timedelta(days=offset) for offset in range(60))
        return next(
            (one for one in days if one.weekday() < 5 and view.closure_on(one) is None and view.term_on(one)), day
        )

    def _choose_by_hand(self, key: Key | None) -> None:
        self._chosen_by_hand = True
        self.choose(key)

    def entry_of(self, key: Key | None) -> Entry | None:
        """A date by its key."""
        return self.data.entry(key) if self.data is not None else None

    def _moved(self, move: Move) -> None:
        entry = self.entry_of(move.key)
        if entry is not None:
            self.detail.leave()
            self.acting.move(entry, move)

    def _done(self, key: Key) -> None:
        """After an act the date is chosen where it is now."""
        self._chosen = key

    def open_date(self, key: Key) -> None:
        """Show all about a date, ready to be changed."""
        self.choose(key)
        self.detail.open(DATE_TAB)
        self._share_height()
        buttons = self.ui.datePanel.slot_buttons
        (buttons[0] if buttons else self.ui.datePanel.ui.moveDay).setFocus()

    def cancel(self, key: Key) -> None:
        """Cancel a date, after the question which dates of a series are meant."""
        entry = self.entry_of(key)
        if entry is not None:
            self.acting.cancel(entry)

    def copy(self, key: Key) -> None:
        """Keep a date for pasting, here and as text."""
        entry = self.entry_of(key)
        if entry is not None:
            self.acting.remember(entry)
            QApplication.clipboard().setText(short_text(entry))

    # ---- the rest ----

    def _connect(self) -> None:
        ui = self.ui
        self.head.view_changed.connect(self._turn_view)
        self.head.around_changed.connect(self.go_to_day)
        self.filter_bar.changed.connect(lambda: self.reload() if self.partnership_id is not None else None)
        self.no_year.action_clicked.connect(lambda: self.years_wanted.emit())
        self.no_year.second_clicked.connect(self._plan_anyway)
        self.nothing.action_clicked.connect(self._fill_emptiness)
        ui.detailsButton.toggled.connect(lambda: self._share_height())
        ui.split.splitterMoved.connect(lambda: self._keep_share())
        for panel in self.detail.panels:
            panel.moved.connect(self._done)
        self.acting.done.connect(self._done)
        for view in self.views.values():
            handling = view.handling
            handling.judge = self.acting.judge
            handling.chosen.connect(self._choose_by_hand)
            handling.opened.connect(self.open_date)
            handling.moved.connect(self._moved)
            handling.new_wanted.connect(self.add_activity)
            handling.cancel_wanted.connect(self.cancel)
            handling.copy_wanted.connect(self.copy)
            handling.paste_wanted.connect(self.acting.paste)
            handling.more_wanted.connect(self.menus.offer_more)
            handling.menu_wanted.connect(self.menus.offer_acts)
            handling.drag_started.connect(self.acting.begin)
            handling.left.connect(lambda day: self.go_to_day(day, keyboard=True))
            self.acting.known.connect(handling.judge_again)

    @property
    def wants_room(self) -> bool:
        """Whether the days and the open details share a low window, so that they need all of it."""
        return self.detail.low and self.isVisible()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for room again."""
        super().showEvent(event)
        self._share_height()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the room back."""
        super().hideEvent(event)
        self._ask_for_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height between the view and the chosen date."""
        super().resizeEvent(event)
        self._share_height()

    def _share_height(self) -> None:
        ui, room = self.ui, self.ui.split.height()
        shown = self.detail.is_open and self.detail.entry is not None
        low = shown and self.window().height() < details.LOW_WINDOW
        self.detail.set_low(low)
        self.head.fit(self.width(), low=low)
        least = details.LEAST_LOW if low else min(details.LEAST, room // 2)
        ui.detailCard.setMaximumHeight(details.WIDEST if shown else BAR)
        ui.detailCard.setMinimumHeight(least if shown else BAR)
        if (shown, low) != self._shared:
            self._shared, self._by_hand = (shown, low), False
        if not self._by_hand:
            given = max(least, min(details.WISHED, room - details.DAYS_FIRST)) if shown else BAR
            ui.split.setSizes([max(0, room - given - ui.split.handleWidth()), given])
        self._ask_for_room()

    def _keep_share(self) -> None:
        self._by_hand = True

    def _ask_for_room(self) -> None:
        if self._asked is not self.wants_room:
            self._asked = self.wants_room
            self.room_wanted.emit()
