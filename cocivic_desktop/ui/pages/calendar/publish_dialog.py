"""Publishing our dates to a calendar server, when there is one: address, calendar, go; progress and stop."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from cocivic_desktop._generated.forms.calendar_publish import Ui_CalendarPublishDialog
from cocivic_desktop.services import publishing
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.theme import set_look

if TYPE_CHECKING:
    from collections.abc import Callable

    from cocivic_desktop.calendars.caldav_client import Connection, RemoteCalendar
    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.services.publishing import Published
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.tasks import Job, Progress

ADDRESS, USER, CALENDAR = "publish/address", "publish/user", "publish/calendar"
"""Settings of this computer. The password is in none of them."""


@dataclass
class Server:
    """The signed-in connection of this session, kept while the program runs."""

    connection: Connection | None = None
    calendars: list[RemoteCalendar] = field(default_factory=list)


class PublishDialog(QDialog):
    """Nothing is sent before somebody has signed in and chosen a calendar."""

    def __init__(
        self, context: Context, partnership: Partnership, server: Server | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.ui = ui = Ui_CalendarPublishDialog()
        ui.setupUi(self)
        self._context, self._partnership, self._server = context, partnership, server or Server()
        self._job: Job | None = None
        self._closed = False
        ui.urlLine.setText(context.setting(ADDRESS))
        ui.userLine.setText(context.setting(USER))
        ui.scopeBox.addItems([self.tr("The whole partnership"), self.tr("All partnerships")])
        for widget in (ui.problemLabel, ui.resultLabel, ui.progressBar):
            widget.hide()
        for line in (ui.urlLine, ui.userLine, ui.passwordLine):
            line.textEdited.connect(lambda: self._forget())
            line.returnPressed.connect(self.connect_server)
        for button in (ui.connectButton, ui.removeButton, ui.publishButton, ui.closeButton):
            button.setAutoDefault(False)
        ui.connectButton.clicked.connect(lambda: self.connect_server())
        ui.publishButton.clicked.connect(lambda: self.publish())
        ui.removeButton.clicked.connect(lambda: self.take_away())
        ui.closeButton.clicked.connect(lambda: self._stop_or_close())
        self.finished.connect(self._close)
        self._show_server()
        self.resize(620, 560)
        (self._first_empty() or ui.connectButton).setFocus()

    def connect_server(self) -> None:
        """Sign in and list the calendars."""
        ui = self.ui
        empty = self._first_empty()
        if empty is not None:
            self._refuse(self.tr("Enter address, user name and password."))
            empty.setFocus()
            return
        url, user, password = ui.urlLine.text(), ui.userLine.text().strip(), ui.passwordLine.text()

        def done(result: tuple[Connection, list[RemoteCalendar]]) -> None:
            self._server.connection, self._server.calendars = result
            self._context.settings.setValue(ADDRESS, url.strip())
            self._context.settings.setValue(USER, user)
            if not self._closed:
                ui.passwordLine.clear()
                self._show_server()
                ui.publishButton.setFocus()

        self._run(lambda: publishing.connect(url, user, password), done)

    def publish(self) -> None:
        """Bring our dates into the chosen calendar."""
        calendar, connection = self._calendar(), self._server.connection
        if calendar is None or connection is None:
            return
        workspace, today, scope = self._context.workspace, self._context.today(), self._scope()
        self._context.settings.setValue(CALENDAR, calendar.url)

        def work(progress: Progress) -> Published:
            return publishing.publish(workspace, connection, calendar, scope, today, on_step=progress.step)

        def done(result: Published) -> None:
            text = self.tr("{added} new, {changed} changed, {removed} taken away, {unchanged} as they were.")
            self._tell(
                text.format(
                    added=result.added, changed=result.changed, removed=result.removed, unchanged=result.unchanged
                )
            )

        self._run(work, done)

    def take_away(self) -> None:
        """Take our dates out of the chosen calendar."""
        calendar, connection = self._calendar(), self._server.connection
        if calendar is None or connection is None:
            return
        workspace, today, scope = self._context.workspace, self._context.today(), self._scope()

        def work(progress: Progress) -> int:
            return publishing.take_away(workspace, connection, calendar, scope, today, on_step=progress.step)

        def told(count: int) -> None:
            text = self.tr("1 date taken away.") if count == 1 else self.tr("{count} dates taken away.")
            self._tell(text.format(count=count))

        self._run(work, told)

    def _run(self, work: Callable[..., Any], done: Callable[[Any], None]) -> None:
        ui = self.ui
        for widget in (ui.problemLabel, ui.resultLabel):
            widget.hide()
        ui.progressBar.setRange(0, 0)
        ui.progressBar.show()
        ui.closeButton.setText(self.tr("Stop"))
        self._enable(False)

        def finish(result: Any) -> None:
            self._end()
            done(result)

        self._job = self._context.tasks.run(work, finish, self._failed, self._advance)

    def _advance(self, done: int, total: int, _: str) -> None:
        if not self._closed:
            self.ui.progressBar.setRange(0, max(1, total))
            self.ui.progressBar.setValue(done)

    def _end(self) -> None:
        self._job = None
        if not self._closed:
            self.ui.progressBar.hide()
            self.ui.closeButton.setText(self.tr("Close"))
            self._enable(True)

    def _failed(self, error: Exception) -> None:
        self._end()
        if self._closed:
            self._context.report(error)
        else:
            self._refuse(sentence(error))

    def _stop_or_close(self) -> None:
        """While something is being sent the button stops it; what was sent stays."""
        if self._job is None:
            self.reject()
            return
        self._job.cancel()
        self._end()
        self._tell(
            self.tr("Stopped. What was sent until then is there; publishing again goes on from there."), sign="!"
        )

    def _show_server(self) -> None:
        """The calendars, once signed in."""
        ui, calendars = self.ui, self._server.calendars
        ready = self._server.connection is not None
        ui.calendarBox.clear()
        ui.calendarBox.addItems([one.name for one in calendars])
        last = self._context.setting(CALENDAR)
        ui.calendarBox.setCurrentIndex(next((n for n, one in enumerate(calendars) if one.url == last), 0))
        ui.serverLabel.setText(self.tr("✓ signed in") if ready else self.tr("not signed in"))
        ui.passwordLine.setPlaceholderText(self.tr("known until the program is closed") if ready else "")
        self._enable(True)

    def _forget(self) -> None:
        """Another address, user or password means signing in again."""
        if self._server.connection is not None:
            self._server.connection.close()
            self._server.connection, self._server.calendars = None, []
            self._show_server()

    def _enable(self, on: bool) -> None:
        ui, ready = self.ui, on and self._server.connection is not None
        for widget in (ui.calendarBox, ui.scopeBox, ui.publishButton, ui.removeButton):
            widget.setEnabled(ready)
        for entry in (ui.urlLine, ui.userLine, ui.passwordLine, ui.connectButton):
            entry.setEnabled(on)

    def _calendar(self) -> RemoteCalendar | None:
        place = self.ui.calendarBox.currentIndex()
        return self._server.calendars[place] if 0 <= place < len(self._server.calendars) else None

    def _scope(self) -> Any:
        return self._partnership.id if self.ui.scopeBox.currentIndex() == 0 else None

    def _first_empty(self) -> QLineEdit | None:
        ui = self.ui
        return next((one for one in (ui.urlLine, ui.userLine, ui.passwordLine) if not one.text().strip()), None)

    def _tell(self, text: str, sign: str = "✓") -> None:
        self._context.notify(text)
        if not self._closed:
            set_look(self.ui.resultLabel, "good" if sign == "✓" else "warning")
            self.ui.resultLabel.setText(f"{sign} {text}")
            self.ui.resultLabel.show()

    def _refuse(self, text: str) -> None:
        self.ui.problemLabel.setText(f"× {text}")
        self.ui.problemLabel.show()

    def _close(self) -> None:
        self._closed = True
        if self._job is not None:
            self._job.cancel()
        self.deleteLater()
