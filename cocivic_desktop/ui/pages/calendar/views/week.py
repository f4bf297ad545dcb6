"""The week: seven days with the hours and the school's lessons, whole days above."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsItem,
    QGraphicsScene,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)

from cocivic_desktop.ui.pages.calendar.views import week_keys
from cocivic_desktop.ui.pages.calendar.views.days import SchoolDays
from cocivic_desktop.ui.pages.calendar.views.handling import Handling
from cocivic_desktop.ui.pages.calendar.views.ink import INK_CHANGES, Ink
from cocivic_desktop.ui.pages.calendar.views.phrases import day_sentence, entry_sentence
from cocivic_desktop.ui.pages.calendar.views.spots import DAY_MINUTES, Hit, Move, Spot, minutes_of, settled, time_of
from cocivic_desktop.ui.pages.calendar.views.week_layout import Segment, Times, parts, side_by_side, whole_days
from cocivic_desktop.ui.pages.calendar.views.week_paint import (
    AXIS,
    HeadRow,
    head_height,
    head_rows,
    paint_block,
    paint_ground,
    paint_head,
)

if TYPE_CHECKING:
    from cocivic_desktop.ui.pages.calendar.data import CalendarData, Entry, Key

HOUR = 46.0
"""Height of an hour in logical pixels as long as so many hours are seen; then it shrinks, down to the least."""
HOURS_SEEN, LEAST_HOUR = 6, 16.0
EDGE = 6
"""How near to an edge, in logical pixels, the mouse takes hold of it."""
MORNING = 7 * 60 + 30


class _Block(QGraphicsItem):
    """One part of a date."""

    def __init__(self, view: WeekView, segment: Segment, frame: QRectF) -> None:
        super().__init__()
        self._view, self.segment, self.frame = view, segment, frame

    def boundingRect(self) -> QRectF:
        """With the strong frame of the chosen one."""
        return self.frame.adjusted(-1, -1, 1, 1)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Only what is seen is painted."""
        view = self._view
        if view.data is not None:
            chosen = self.segment.entry.id == view.current
            paint_block(painter, self.frame, self.segment, view.data, view.ink, chosen=chosen, strong=view.hasFocus())


class _Head(QWidget):
    """The days and what lasts whole days; stays above while the hours scroll."""

    def __init__(self, view: WeekView) -> None:
        super().__init__(view)
        self._view = view

    def paintEvent(self, event: QPaintEvent) -> None:
        """The heads of the days."""
        view = self._view
        if view.data is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            place, width = QRectF(self.rect()), view.times.day_width
            words = view.tr("all day")
            paint_head(
                painter, place, view.head_rows, width, view.data, view.days, view.ink, view.current,
                strong=view.hasFocus(), all_day=words,
            )  # fmt: skip
            painter.end()


class WeekView(QGraphicsView):
    """`show_data`, then its `handling` tells what the person does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.data: CalendarData | None = None
        self.current: Key | None = None
        self.spot: Spot | None = None
        self.days = SchoolDays(None)
        self.ink = Ink.screen(self.font())
        self.times = Times(AXIS, 0, 100, HOUR / 60)
        self.head_rows: list[HeadRow] = []
        self.whole: dict[int, list[Entry]] = {}
        self.segments: list[Segment] = []
        self._scrolled_for: date | None = None
        self.setScene(QGraphicsScene(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Week"))
        self.head = _Head(self)
        self.handling = Handling(self, [self.viewport(), self.head])

    # ---- showing ----

    def show_data(self, data: CalendarData) -> None:
        """Show a week; the chosen date stays where it can."""
        self.data = data
        self.days = data.days
        self.segments = side_by_side(data.entries, data.first)
        if self.spot is None or not data.first <= self.spot.on <= data.last:
            self.spot = Spot(max(data.first, min(data.wanted.around or data.wanted.today, data.last)), time_of(10 * 60))
        self._lay_out()
        self.choose(self.current)

    def changeEvent(self, event: QEvent) -> None:
        """Another theme or font is drawn with other ink."""
        if event.type() in INK_CHANGES:
            self.ink = Ink.screen(self.font())
        super().changeEvent(event)

    def _lay_out(self) -> None:
        data = self.data
        if data is None:
            return
        self.whole = whole_days(data.entries, data.first)
        height = int(head_height(self.whole))
        self.setViewportMargins(0, height, 0, 0)
        room = self.viewport().size()
        hour = max(min(HOUR, room.height() / HOURS_SEEN), LEAST_HOUR, room.height() / 11)
        self.times = Times(AXIS, 0, (room.width() - AXIS - 1) / 7, hour / 60)
        self.head.setGeometry(self.frameWidth(), self.frameWidth(), room.width(), height)
        self.head_rows = head_rows(self.whole, AXIS, self.times.day_width)
        scene = self.scene()
        scene.clear()
        scene.setSceneRect(0, 0, room.width(), self.times.y(DAY_MINUTES))
        for segment in self.segments:
            scene.addItem(_Block(self, segment, self.times.frame(segment)))
        self.head.update()
        if self._scrolled_for is None and room.height() > 60:
            self._scrolled_for = data.first
            self._scroll_to(self._morning())

    def _morning(self) -> int:
        """The first lesson or date of the week, whichever is earlier."""
        starts = [minutes_of(one.starts_at) for weekday in range(7) for one in self.days.lessons(weekday)]
        starts += [one.begins for one in self.segments if one.starts_here]
        return max(0, min(starts, default=MORNING) - 20)

    def _scroll_to(self, minutes: int) -> None:
        self.verticalScrollBar().setValue(int(self.times.y(minutes)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Days share the width."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        """Lay out anew; the chosen date stays in view."""
        self._lay_out()
        if self.current_entry() is not None:
            self.show_spot()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Closed days, lessons, hours, and where the keyboard is."""
        if self.data is None:
            return
        painter.fillRect(QRectF(0, 0, AXIS, self.times.y(DAY_MINUTES)), self.ink.color("surface"))
        paint_ground(painter, self.times, DAY_MINUTES, self.data.first, self.days, self.ink, self.data.wanted.today)
        spot = self.spot
        if spot is not None and spot.at is not None and self.current is None and self.hasFocus():
            begins = minutes_of(spot.at)
            left = self.times.left + (spot.on - self.data.first).days * self.times.day_width
            place = QRectF(left, self.times.y(begins), self.times.day_width, 45 * self.times.minute)
            painter.setPen(self.ink.color("accent"))
            painter.drawRect(place.adjusted(1, 1, -1, -1))

    def choose(self, key: Key | None) -> None:
        """Choose a date and bring it into view; tells nobody."""
        another = key is not None and key != self.current
        self.current = key
        entry = self.current_entry()
        data = self.data
        text = ""
        if entry is not None and entry.occurrence is not None and data is not None:
            text = entry_sentence(entry, data, year=True)
            one = entry.occurrence
            self.spot = Spot(max(one.on, data.first), one.starts_at.time() if one.starts_at is not None else None)
        elif data is not None and self.spot is not None:
            here = [one for one in data.entries if one.occurrence is not None and one.occurrence.on == self.spot.on]
            text = day_sentence(self.spot.on, here, self.days, data)
        self.setAccessibleDescription(text)
        if another:
            self.show_spot()
        self.viewport().update()
        self.head.update()

    def show_spot(self) -> None:
        """Scroll to where the keyboard is."""
        if self.spot is not None and self.spot.at is not None:
            y = self.times.y(minutes_of(self.spot.at))
            self.ensureVisible(QRectF(0, y - 10, 10, 60), 0, 10)

    # ---- what the handling asks ----

    def _in_head(self, place: QPoint) -> QPointF | None:
        inside = self.head.mapFrom(self, place)
        return QPointF(inside) if self.head.rect().contains(inside) else None

    def _in_scene(self, place: QPoint) -> QPointF:
        return self.mapToScene(self.viewport().mapFrom(self, place))

    def spot_at(self, place: QPoint) -> Spot | None:
        """Day and time; in the head the whole day."""
        if self.data is None:
            return None
        head = self._in_head(place)
        where = head if head is not None else self._in_scene(place)
        day = self.times.day(where.x())
        if not 0 <= day < 7:
            return None
        on = self.data.first + timedelta(days=day)
        if head is not None:
            return Spot(on, whole_day=True)
        return Spot(on, time_of(int(self.times.minutes(where.y()))))

    def hit_at(self, place: QPoint) -> Hit | None:
        """The date at a place, and whether at its edge."""
        head = self._in_head(place)
        if head is not None:
            return next((Hit(row.entry.id) for row in self.head_rows if row.entry and row.place.contains(head)), None)
        where = self._in_scene(place)
        for item in self.scene().items(where):
            if isinstance(item, _Block):
                segment, frame = item.segment, item.frame
                near = min(EDGE, frame.height() / 4)
                edge = "end" if segment.ends_here and frame.bottom() - where.y() <= near else ""
                if segment.starts_here and where.y() - frame.top() <= near:
                    edge = "start"
                return Hit(segment.entry.id, edge)
        return None

    def more_at(self, place: QPoint) -> list[Entry]:
        """All whole-day dates of the day where "5 more" stands at a place."""
        head = self._in_head(place)
        day = next((row.day for row in self.head_rows if head and row.hidden and row.place.contains(head)), None)
        return self.whole.get(day, []) if day is not None else []

    def next_at(self, place: QPoint) -> Key | None:
        """Every date stands by itself."""
        return None

    def tip_at(self, place: QPoint) -> str:
        """The date, else what the school's year says of the day."""
        hit, spot = self.hit_at(place), self.spot_at(place)
        entry = self.entry_of(hit.key) if hit is not None else None
        if self.data is None or spot is None:
            return self.days.week_sentence(self.data.first) if self.data is not None else ""
        return entry_sentence(entry, self.data) if entry is not None else self.days.on(spot.on).tip

    def frames_of(self, move: Move, entry: Entry) -> list[QRect]:
        """Where a date would stand: on every day that it touches."""
        if self.data is None:
            return []
        moved = week_keys.moved(entry, move)
        segments = parts(moved, self.data.first)
        if not segments:
            left = AXIS + (move.on - self.data.first).days * self.times.day_width
            place = QRectF(left, 0, self.times.day_width, self.head.height())
            return [place.toRect().translated(self.head.pos())]
        frames = [self.mapFromScene(self.times.frame(one)).boundingRect() for one in segments]
        return [one.translated(self.viewport().pos()) for one in frames]

    def stops(self, day: date) -> list[int]:
        """Starts and ends of the lessons of a day."""
        found = self.days.lessons(day.weekday())
        return [minutes_of(at) for lesson in found for at in (lesson.starts_at, lesson.ends_at)]

    def current_spot(self) -> Spot | None:
        """Day and time where the keyboard is."""
        return self.spot

    def current_entry(self) -> Entry | None:
        """The chosen date."""
        return self.entry_of(self.current) if self.current is not None else None

    def entry_of(self, key: Key) -> Entry | None:
        """The date of a key."""
        return self.data.entry(key) if self.data is not None else None

    def step_to(self, spot: Spot) -> None:
        """Put the keyboard to a place, at the start of a lesson where one is near."""
        self.spot = settled(spot, self.stops(spot.on))

    def alt_step(self, key: Qt.Key) -> tuple[int, int]:
        """A day sideways, a quarter of an hour up or down."""
        return week_keys.alt_step(key)

    def step(self, key: Qt.Key) -> bool:
        """Left and right by days; up and down through the dates and lessons of a day."""
        return week_keys.step(self, key)
