"""Versions that went out and documents that came back: share, read, compare, decide, sign, amend, renew, end."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QLabel, QMenu, QTableView, QWidget

from cocivic_desktop._generated.forms.agreement_versions import Ui_AgreementVersions
from cocivic_desktop.domain.agreements import AgreementState, AgreementVersion, FollowKind, ReturnedDocument
from cocivic_desktop.services import negotiation, versions
from cocivic_desktop.ui.models.record_table import Chip, Column, RecordTableModel
from cocivic_desktop.ui.pages.agreement.day_dialog import DayDialog, DayQuestion, ask_day
from cocivic_desktop.ui.pages.agreement.returned_pane import ReturnedPane
from cocivic_desktop.ui.pages.agreement.section import Section
from cocivic_desktop.ui.pages.agreement.version_pane import VersionPane, shared_day
from cocivic_desktop.ui.widgets.tables import dress_records

if TYPE_CHECKING:
    from cocivic_desktop.services.negotiation import Reading
    from cocivic_desktop.ui.context import Context

Row = TypeVar("Row")
IN_FORCE = (AgreementState.SIGNED, AgreementState.AMENDED)


class VersionsSection(Section):
    """Two lists at the left; at the right the version or the document that was chosen last."""

    followed = Signal(object)
    """The id of an amendment or renewal that was drafted."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_AgreementVersions()
        self.ui.setupUi(self)
        self.version_pane = VersionPane(context)
        self.returned_pane = ReturnedPane(context)
        self.nothing = QLabel(self.tr("Share a version first: then what comes back can be compared with it."))
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.nothing.setContentsMargins(8, 4, 0, 0)
        self.nothing.setProperty("look", "muted")
        for pane in (self.nothing, self.version_pane, self.returned_pane):
            self.ui.panes.addWidget(pane)
        version_columns: list[Column[AgreementVersion]] = [
            Column("number", self.tr("No."), width=44),
            Column("day", self.tr("Shared"), shared_day, width=104),
            Column("recipient", self.tr("To"), tip=lambda one: one.recipient),
        ]
        returned_columns: list[Column[ReturnedDocument]] = [
            Column("day", self.tr("Received"), lambda one: one.received_on, width=104),
            Column("from", self.tr("From"), lambda one: one.received_from or one.file_name),
            Column("state", self.tr("Open"), self._open_chip, width=72),
        ]
        self.versions: RecordTableModel[AgreementVersion] = RecordTableModel(version_columns, self)
        self.returned: RecordTableModel[ReturnedDocument] = RecordTableModel(returned_columns, self)
        dress_records(self.ui.versions, self.versions, version_columns)
        dress_records(self.ui.returned, self.returned, returned_columns)
        self.ui.versions.selectionModel().selectionChanged.connect(lambda: self._show_version())
        self.ui.returned.selectionModel().selectionChanged.connect(lambda: self._show_returned())
        self.ui.versions.clicked.connect(lambda: self._show_version())
        self.ui.returned.clicked.connect(lambda: self._show_returned())
        self.ui.readButton.clicked.connect(lambda: self.choose_file())
        self._set_up_menu()
        self.ui.splitter.setSizes([310, 560])
        for table in (self.ui.versions, self.ui.returned):
            self.ui.leftLayout.setStretch(self.ui.leftLayout.indexOf(table), 20)
        self.ui.noVersions.setText(self.tr("“Share a version” keeps the document exactly as it leaves."))
        self.ui.noReturned.setText(self.tr("When the school sends the document back, read it here."))
        self._open: dict[UUID, int] = {}

    def _set_up_menu(self) -> None:
        menu = QMenu(self.ui.moreButton)
        self.sign_action = QAction(self.tr("Both sides have signed…"), self)
        self.amend_action = QAction(self.tr("Draft an amendment"), self)
        self.renew_action = QAction(self.tr("Draft a renewal"), self)
        self.end_action = QAction(self.tr("End the agreement…"), self)
        # A menu's own actions are lost to Python together with what it holds of the menu.
        menu.addActions([self.sign_action, self.amend_action, self.renew_action, self.end_action])
        self.sign_action.triggered.connect(lambda: self.sign())
        self.amend_action.triggered.connect(lambda: self.follow(FollowKind.AMENDMENT))
        self.renew_action.triggered.connect(lambda: self.follow(FollowKind.RENEWAL))
        self.end_action.triggered.connect(lambda: self.ask_end())
        self.ui.moreButton.setMenu(menu)

    def reload(self) -> None:
        """Read versions and returned documents anew, keeping what is chosen."""
        if self.draft is None:
            return
        agreement, workspace = self.draft.agreement, self.context.workspace
        documents = negotiation.documents(workspace, agreement.id)
        self._open = {one.id: negotiation.open_count(workspace, one.id) for one in documents}
        self.versions.set_rows(versions.all_of(workspace, agreement.id))
        self.returned.set_rows(documents)
        for table, hint, rows in (
            (self.ui.versions, self.ui.noVersions, self.versions.rows),
            (self.ui.returned, self.ui.noReturned, documents),
        ):
            table.setVisible(bool(rows))
            hint.setVisible(not rows)
        self.ui.readButton.setEnabled(bool(self.versions.rows))
        in_force = agreement.state in IN_FORCE
        self.sign_action.setEnabled(not in_force and agreement.state is not AgreementState.ENDED)
        self.amend_action.setEnabled(in_force)
        self.renew_action.setEnabled(in_force or agreement.state is AgreementState.ENDED)
        self.end_action.setEnabled(agreement.state is not AgreementState.ENDED)
        self._show_something()

    def select(self, item: UUID) -> bool:
        """Choose a version or a returned document; False when it is neither."""
        for table, model in ((self.ui.versions, self.versions), (self.ui.returned, self.returned)):
            row = model.row_of(item)
            if row >= 0:
                table.selectRow(row)
                (self._show_version if model is self.versions else self._show_returned)()
                return True
        return False

    def choose_file(self) -> None:
        """Ask for a returned file and read it."""
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Read a returned document"), str(Path.home()), self.tr("Word documents (*.docx)")
        )
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Read a file off the GUI thread, keep it with what it changed, and show it."""
        if self.draft is None:
            return
        workspace, agreement_id = self.context.workspace, self.draft.agreement.id
        self.context.notify(self.tr("Reading {name}…").format(name=path.name))

        def done(reading: Reading) -> None:
            writer = reading.returned.modified_by or self.draft_school()
            kept = self.context.attempt(negotiation.keep, workspace, reading, writer, self.context.today())
            if kept is not None:
                self.reload()
                self.select(kept[0])
                self.context.notify(
                    self.tr("Changes and comments found: {count}").format(count=len(reading.changes))
                    if reading.changes
                    else self.tr("Nothing was changed: the text came back as it left.")
                )

        self.context.tasks.run(lambda: negotiation.read(workspace, agreement_id, path), done, self.context.report)

    def draft_school(self) -> str:
        """The school's name, where the file does not say who wrote it last."""
        return self.draft.school.name if self.draft is not None else ""

    def sign(self) -> DayDialog | None:
        """Ask when both sides have signed; None, with the reason shown, while the text is still a draft."""
        if self.draft is None:
            return None
        workspace, agreement = self.context.workspace, self.draft.agreement
        if not self.context.attempt(versions.check_settled, workspace, agreement.id):
            return None
        second = agreement.second_language.value if agreement.second_language is not None else None

        def store(day: date, _reason: str) -> None:
            today = self.context.today()
            version, _ = versions.sign(workspace, agreement.id, day, self.language, second, today=today)
            self.context.notify(self.tr("Signed. Attach the scan to version {number}.").format(number=version.number))
            self.reload()
            self.select(version.id)

        return ask_day(
            DayQuestion(
                title=self.tr("Both sides have signed"),
                text=self.tr(
                    "The text is kept as it was signed. Who has a day of their own under Signatures keeps it; "
                    "all others get this one."
                ),
                day=self.tr("Si&gned on"),
                done=self.tr("Note the signatures"),
            ),
            self.context.today(),
            store,
            self.window(),
        )

    def follow(self, kind: FollowKind) -> None:
        """Draft an amendment or a renewal from the agreement as it was signed."""
        if self.draft is None:
            return
        made = self.context.attempt(versions.follow, self.context.workspace, self.draft.agreement.id, kind)
        if made is not None:
            self.followed.emit(made[0].id)

    def ask_end(self) -> DayDialog | None:
        """Ask when and why the agreement ended."""
        if self.draft is None:
            return None
        workspace, agreement_id = self.context.workspace, self.draft.agreement.id

        def store(day: date, reason: str) -> None:
            versions.end(workspace, agreement_id, day, reason, today=self.context.today())
            self.context.notify(self.tr("The agreement has ended. A renewal can be drafted from it."))

        return ask_day(
            DayQuestion(
                title=self.tr("End the agreement"),
                text=self.tr("It stays in the partnership, with all its versions, and can be renewed."),
                day=self.tr("It ended &on"),
                done=self.tr("End the agreement"),
                reason=self.tr("&Why? The next coordinator will want to know."),
            ),
            self.context.today(),
            store,
            self.window(),
        )

    def _show_something(self) -> None:
        """Show what is chosen; at first a document with open changes, else the latest version."""
        current = self.ui.panes.currentWidget()
        if current is self.returned_pane and self._chosen(self.ui.returned, self.returned) is not None:
            self._show_returned()
        elif current is self.version_pane and self._chosen(self.ui.versions, self.versions) is not None:
            self._show_version()
        elif any(self._open.values()):
            row = next(n for n, one in enumerate(self.returned.rows) if self._open[one.id])
            self.ui.returned.selectRow(row)
            self._show_returned()
        elif self.versions.rows:
            self.ui.versions.selectRow(0)
            self._show_version()
        else:
            self.ui.panes.setCurrentWidget(self.nothing)

    def _chosen(self, table: QTableView, model: RecordTableModel[Row]) -> Row | None:
        """The record whose row is selected: the keyboard alone being there chooses nothing."""
        rows = table.selectionModel().selectedRows()
        return model.record(rows[0]) if rows else None

    def _show_version(self) -> None:
        version = self._chosen(self.ui.versions, self.versions)
        if version is not None and self.draft is not None:
            self.ui.returned.clearSelection()
            self.ui.panes.setCurrentWidget(self.version_pane)
            self.version_pane.show_version(version, self.versions.rows, self.draft.partnership.title)

    def _show_returned(self) -> None:
        document = self._chosen(self.ui.returned, self.returned)
        if document is not None and self.draft is not None:
            self.ui.versions.clearSelection()
            self.ui.panes.setCurrentWidget(self.returned_pane)
            self.returned_pane.show_document(document, self.draft, self.language)

    def _open_chip(self, document: ReturnedDocument) -> Chip:
        count = self._open.get(document.id, 0)
        return Chip(self.tr("{count} open").format(count=count), "warning") if count else Chip(self.tr("done"), "good")
