"""The list of clauses: numbers, states, what each still needs; states and places set from the keyboard."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from cocivic_desktop.domain.agreements import Clause, ClauseState
from cocivic_desktop.domain.rules.clause_wording import NewerWording, newer_wording
from cocivic_desktop.domain.rules.drafting import NEGOTIABLE
from cocivic_desktop.library.clauses import clause_library
from cocivic_desktop.services import agreements, clauses
from cocivic_desktop.services.drafts import Draft, changed_elsewhere, wording
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.widgets.record_list import ListSetup, RecordList

if TYPE_CHECKING:
    from collections.abc import Callable

    from cocivic_desktop.ui.context import Context

STATE_KEYS = dict(zip("1234", ClauseState, strict=True))
"""Keys of the list, and the state that each sets."""


class ClauseList(QWidget):
    """Drives a `RecordList` of clauses. `show_draft` whenever the page loads."""

    added = Signal(object, bool)
    """A clause came in: its id, and whether it is one's own, which waits for its words."""
    waived = Signal()
    """A clause was waived by its key: ask for the reason."""

    def __init__(self, context: Context, table: RecordList, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._context = context
        self.list = table
        self.draft: Draft | None = None
        self.language = "en"
        self._gaps: dict[UUID, int] = {}
        self.newer: dict[UUID, list[NewerWording]] = {}
        """What the library says newly, by clause; the language that is shown first."""
        self.behind: dict[UUID, list[str]] = {}
        library_button = self.library_button = QPushButton(self.tr("Library"))
        library_button.setToolTip(self.tr("Take a clause from the library"))
        library_button.setAccessibleDescription(library_button.toolTip())
        self.library_menu = QMenu(library_button)
        self.library_menu.aboutToShow.connect(self._fill_library_menu)
        library_button.setMenu(self.library_menu)
        table.setup(
            context,
            ListSetup(
                cls=Clause,
                key="clauses",
                title=self.tr("Clauses"),
                columns=[
                    Column("number", self.tr("No."), self._number, width=40),
                    Column("title", self.tr("Clause"), self._title, tip=self._title),
                    Column("state", self.tr("State"), self._state, width=110),
                    Column("note", self.tr("Needs"), self._note, width=96, tip=lambda one: "\n".join(self.needs(one))),
                ],
                find=self._find,
                add_text=self.tr("Own clause"),
                empty_title=self.tr("No clauses yet"),
                empty_text=self.tr("Take them from the library, or write your own."),
                ordered=True,
                extra=[library_button],
            ),
        )
        table.offer_add(self._add_own)
        for key, state in STATE_KEYS.items():
            self._on_key(key, partial(self._set_state, state))
        self._on_key("Space", self._turn)

    def show_draft(self, draft: Draft, language: str) -> None:
        """Show the clauses of a draft; the selection stays."""
        self.draft, self.language = draft, language
        library = clause_library()
        self._gaps = draft.gaps(language)
        open_still = draft.agreement.state in NEGOTIABLE
        self.list.set_locked(not open_still)
        self.library_button.setEnabled(open_still)
        self.newer = {
            clause.id: sorted(
                newer_wording(clause, library.get(clause.code)), key=lambda newer: newer.language != language
            )
            for clause in draft.included
            if open_still
        }
        languages = dict.fromkeys(filter(None, (language, draft.agreement.language, draft.agreement.second_language)))
        self.behind = {
            clause.id: [code for code in languages if changed_elsewhere(clause, code)] for clause in draft.included
        }
        self.list.reload()

    def gaps(self, clause: Clause) -> int:
        """How many answers a clause lacks."""
        return self._gaps.get(clause.id, 0) if clause.included else 0

    def number(self, clause: Clause) -> str:
        """The clause's number in the document; a dash for one that is left out."""
        return self._number(clause)

    def needs(self, clause: Clause) -> list[str]:
        """In words, what a clause still needs besides being talked about."""
        needs = []
        if gaps := self.gaps(clause):
            needs.append(self.tr("Answers missing: {count}").format(count=gaps))
        if self.newer.get(clause.id):
            needs.append(self.tr("Newer wording available"))
        if self.behind.get(clause.id):
            needs.append(self.tr("Reworded in another language: translate it"))
        return needs

    @property
    def _open(self) -> bool:
        return self.draft is not None and self.draft.agreement.state in NEGOTIABLE

    def _note(self, clause: Clause) -> Chip | None:
        if gaps := self.gaps(clause):
            return Chip(self.tr("{count} open").format(count=gaps), "warning")
        if self.newer.get(clause.id):
            return Chip(self.tr("newer text"), "accent")
        return Chip(self.tr("translate"), "warning") if self.behind.get(clause.id) else None

    def _find(self, archived: bool) -> list[Clause]:
        if self.draft is None:
            return []
        found = self.draft.clauses
        if archived:
            with self._context.workspace.read() as unit:
                found = unit.find(Clause, archived=None, agreement_id=self.draft.agreement.id)
        return found

    def _add_own(self) -> None:
        if self.draft is None or not self._open:
            return
        after = self.list.current.id if self.list.current else None
        args = (self.draft.agreement.id, self.language, self.tr("New clause"), after)
        added = self._context.attempt(clauses.add_own, self._context.workspace, *args)
        if added is not None:
            self.added.emit(added[0].id, True)

    def _number(self, clause: Clause) -> str:
        included = [one.id for one in self.draft.included] if self.draft else []
        return str(included.index(clause.id) + 1) if clause.id in included else "–"

    def _title(self, clause: Clause) -> str:
        return wording(clause.titles, self.language)

    def _state(self, clause: Clause) -> Chip:
        return Chip.of(clause.state) if clause.included else Chip(self.tr("left out"))

    def _set_state(self, state: ClauseState) -> None:
        clause = self.list.current
        if isinstance(clause, Clause) and self._open:
            self._context.attempt(clauses.set_state, self._context.workspace, clause.id, state)
            if state is ClauseState.WAIVED and not clause.waive_reason:
                self.waived.emit()

    def _turn(self) -> None:
        clause = self.list.current
        if isinstance(clause, Clause) and self._open:
            self._context.attempt(clauses.include, self._context.workspace, clause.id, not clause.included)

    def _fill_library_menu(self) -> None:
        self.library_menu.clear()
        if self.draft is None:
            return
        present = {clause.code for clause in self.draft.included}
        for entry in clause_library().clauses:
            if entry.code not in present and self.draft.agreement.kind in entry.kinds:
                action = QAction(entry.text_in(self._context.language).title, self.library_menu)
                action.triggered.connect(lambda _=False, code=entry.code: self._add_from_library(code))
                self.library_menu.addAction(action)
        if self.library_menu.isEmpty():
            nothing = self.library_menu.addAction(self.tr("Every clause of the library is in the agreement"))
            nothing.setEnabled(False)

    def _add_from_library(self, code: str) -> None:
        if self.draft is None:
            return
        workspace = self._context.workspace
        added = self._context.attempt(agreements.add_library_clause, workspace, self.draft.agreement.id, code)
        if added is not None:
            title = wording(added[0].titles, self.language)
            self._context.notify(self.tr("Clause added: {title}").format(title=title))
            self.added.emit(added[0].id, False)

    def _on_key(self, key: str, action: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(key), self.list.table)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(action)
