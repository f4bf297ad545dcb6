"""The window: navigation, the place that is shown, the status line, and the menus. Holds no data of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from cocivic_desktop._generated.forms.main_window import Ui_MainWindow
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.errors import show_error
from cocivic_desktop.ui.texts.formats import time_text
from cocivic_desktop.ui.undo import UndoActions

if TYPE_CHECKING:
    from cocivic_desktop.domain.changes import Changes
    from cocivic_desktop.store.workspace import Workspace
    from cocivic_desktop.ui.pages.base import Page
    from cocivic_desktop.ui.partnership_view import PartnershipView
    from cocivic_desktop.ui.widgets.timer_status import TimerStatus

COUNT_STEPS_AFTER_MS = 2_000
"""How long nothing must change until the next steps of all partnerships are counted anew while Home is not shown."""


class MainWindow(QMainWindow):
    """Shows places. Painted first, filled by `show_workspace` once a workspace is open."""

    painted = Signal()
    """Once, after the window has been painted for the first time."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.ui = Ui_MainWindow()
        self.ui.setupUi(self)
        self.context = context
        self.target = Target("home")
        self._pages: dict[str, Page] = {}
        self._view: PartnershipView | None = None
        self._timers: TimerStatus | None = None
        self._was_painted = False
        self._moves = 0
        self._message = ""
        context.navigate = self.navigate
        context.notify = self.notify
        context.report = self.report
        context.tasks.on_error = self.report
        context.events.changed.connect(self._changed)
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.timeout.connect(self._fill)
        self._count_steps = QTimer(self)
        self._count_steps.setSingleShot(True)
        self._count_steps.timeout.connect(context.advisor.all)
        context.advisor.ready.connect(self._show_step_count)
        self._forget_message = QTimer(self)
        self._forget_message.setSingleShot(True)
        self._forget_message.setInterval(8_000)
        self._forget_message.timeout.connect(lambda: self._say(""))
        self.undo_actions = UndoActions(context, self)
        self.ui.navigation.chosen.connect(self.navigate)
        self.ui.navigation.search_wanted.connect(self.search)
        self.ui.navigation.mark(self.target)
        self._make_menus()
        self._restore_geometry()
        self.ui.central.setFocus()

    def show_workspace(self, workspace: Workspace) -> None:
        """Show another workspace, and close the one shown before."""
        before = self.context.opened
        self.flush()
        self._say("")  # what was said last was about the other file
        workspace.on_change(self.context.events.changed.emit)
        self.context.opened = workspace
        self.context.settings.setValue("workspace", str(workspace.path))
        self.context.events.workspace_opened.emit()
        if before is not None and before is not workspace:
            before.close()
        self.navigate(Target("home"))
        self._fill()

    def close_workspace(self) -> None:
        """Store what was typed, and close the file."""
        self.flush()
        self.context.tasks.stop()
        if self.context.opened is not None:
            self.context.opened.close()
            self.context.opened = None

    def flush(self) -> None:
        """Store what was typed anywhere in the window."""
        if self.context.is_open:
            from cocivic_desktop.ui.record_form import flush_forms

            flush_forms(self)

    def navigate(self, target: Target) -> None:
        """Go to a place; its page is made when it is first wanted."""
        if not self.context.is_open:
            return
        if target.page == "sample":
            self.file_actions.open_sample()
            return
        self._moves += 1
        move = self._moves
        if self.focusWidget() is None or not self.ui.navigation.isAncestorOf(self.focusWidget()):
            self.ui.central.setFocus()  # what has the keyboard now may be gone in a moment
        if target.page == "partnership":
            widget: QWidget = self._partnership_view()
            self._partnership_view().open(target)
        else:
            page = self._page(target.page)
            page.go_to(target)
            widget = page
        if move != self._moves:
            return  # the place has sent on to another one
        self.target = target
        self.ui.pages.setCurrentWidget(widget)
        self.ui.navigation.mark(target)
        QTimer.singleShot(0, self, self._hand_over)

    def say_closed(self) -> None:
        """No workspace could be opened: say what to do instead of waiting for ever."""
        self.ui.openingLabel.setText(self.tr("No workspace is open. Open one, or make a new one, from the File menu."))

    def notify(self, text: str) -> None:
        """Say something in the status line for a while."""
        self._say(text)
        self._forget_message.start()

    def report(self, error: Exception) -> None:
        """Show an error in plain words."""
        show_error(self, error)

    def search(self) -> None:
        """Open the search over everything."""
        if self.context.is_open:
            from cocivic_desktop.ui.dialogs.search_dialog import SearchDialog

            SearchDialog(self.context, self).open()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Store what was typed; a value that may not be stored keeps its last good one."""
        self.close_workspace()
        self.context.settings.setValue("window/geometry", self.saveGeometry())
        self.context.settings.sync()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "context"):
            self.context.events.theme_changed.emit()
        super().changeEvent(event)

    def _hand_over(self) -> None:
        """Give the keyboard to the place that is shown, unless it has put it somewhere itself."""
        place = self.ui.pages.currentWidget()
        page = self._view.page if self._view is not None and place is self._view else place
        if self.focusWidget() is not self.ui.central or not self.context.is_open:
            return
        from cocivic_desktop.ui.pages.base import Page

        if not isinstance(page, Page):
            return
        control = page.first_control()
        if control is not None:
            control.setFocus()
        else:
            page.setFocus()
            page.focusNextChild()

    def _page(self, name: str) -> Page:
        from cocivic_desktop.ui.page_registry import make_page

        if name not in self._pages:
            self._pages[name] = make_page(name, self.context)
            self.ui.pages.addWidget(self._pages[name])
        return self._pages[name]

    def _partnership_view(self) -> PartnershipView:
        from cocivic_desktop.ui.partnership_view import PartnershipView

        if self._view is None:
            self._view = PartnershipView(self.context)
            self.ui.pages.addWidget(self._view)
        return self._view

    def _changed(self, _changes: Changes) -> None:
        self.context.settings.setValue("saved", datetime.now().astimezone().isoformat(timespec="minutes"))
        self._refresh.start(0)

    def _fill(self) -> None:
        """Counts, the list of partnerships, and what undo would do."""
        if not self.context.is_open:
            return
        from cocivic_desktop.ui.overview import partnership_names

        found = partnership_names(self.context.workspace)
        self.ui.navigation.set_partnerships(found.names, found.ideas)
        self.ui.navigation.set_count("partnerships", len(found.names) + found.ideas)
        self.ui.navigation.mark(self.target)
        self._show_step_count()
        self._count_steps.start(COUNT_STEPS_AFTER_MS)
        self.undo_actions.update()
        self.ui.undoLabel.setText(self.undo_actions.undo_text)
        self._say(self._message)
        self._show_timers()

    def _show_timers(self) -> None:
        """Timers of hours stand in the status line; the widget is made with the first one."""
        from cocivic_desktop.domain.hours import RunningTimer

        if self._timers is not None:
            self._timers.refresh()
            return
        with self.context.workspace.read() as unit:
            if not unit.count(RunningTimer):
                return
        from cocivic_desktop.ui.widgets.timer_status import TimerStatus

        self._timers = TimerStatus(self.context, self.ui.statusLine)
        self.ui.statusLayout.insertWidget(self.ui.statusLayout.count() - 1, self._timers)

    def _show_step_count(self) -> None:
        if self.context.is_open:
            count = self.context.advisor.urgent_count()
            self.ui.navigation.set_count("home", count, self.tr("{count} to do now").format(count=count))

    def _say(self, text: str) -> None:
        self._message = text
        saved = self.context.setting("saved")
        if text or not saved:
            self.ui.savedLabel.setText(text)
            return
        self.ui.savedLabel.setText(self.tr("Saved {time}").format(time=time_text(datetime.fromisoformat(saved))))

    def _make_menus(self) -> None:
        from cocivic_desktop.ui.file_actions import FileActions

        bar = self.menuBar()
        file_menu = bar.addMenu(self.tr("&File"))
        self.file_actions = FileActions(self)
        self.file_actions.fill(file_menu)
        file_menu.addSeparator()
        self._action(file_menu, self.tr("Quit"), QKeySequence.StandardKey.Quit, self.close)
        edit_menu = bar.addMenu(self.tr("&Edit"))
        edit_menu.addActions([self.undo_actions.undo, self.undo_actions.redo])
        edit_menu.addSeparator()
        self._action(edit_menu, self.tr("Search…"), "Ctrl+K", self.search)
        edit_menu.aboutToShow.connect(self.undo_actions.update)
        view_menu = bar.addMenu(self.tr("&View"))
        for number, (name, button) in enumerate(self.ui.navigation.places.items(), 1):
            text = button.text_in_full
            self._action(view_menu, text, f"Alt+{number}", partial(self.navigate, Target(name)))
        view_menu.addSeparator()
        self._action(view_menu, self.tr("Guidance"), "F9", self._toggle_guidance)
        help_menu = bar.addMenu(self.tr("&Help"))
        self._action(
            help_menu, self.tr("First steps"), "F1", lambda: self.navigate(Target("library", section="first_steps"))
        )
        self._action(help_menu, self.tr("About Co-Civic Desktop"), "", self._about)

    def _action(
        self, menu: QMenu, text: str, keys: str | QKeySequence.StandardKey, work: Callable[[], object]
    ) -> QAction:
        action = QAction(text, self)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: work())
        menu.addAction(action)
        return action

    def _toggle_guidance(self) -> None:
        if self._view is not None and self._view.isVisible():
            self._view.show_guidance(not self._view.ui.guidance.isVisible())

    def _about(self) -> None:
        from cocivic_desktop.ui.dialogs.about import show_about

        show_about(self)

    def _restore_geometry(self) -> None:
        self.resize(1366, 768)
        self.setMinimumSize(1000, 600)
        stored = self.context.settings.value("window/geometry")
        if isinstance(stored, QByteArray):
            self.restoreGeometry(stored)
