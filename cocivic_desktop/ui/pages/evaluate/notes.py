"""Lessons learned, feedback, media coverage and community resonance, as dated notes."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QComboBox, QWidget

from cocivic_desktop._generated.forms.evaluate_notes import Ui_EvaluateNotes
from cocivic_desktop.domain.partnerships import Note, NoteKind
from cocivic_desktop.services import records
from cocivic_desktop.ui.choices import enum_choices
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.pages.part import StagePart
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox
from cocivic_desktop.ui.widgets.record_list import ListSetup


class NotesPart(StagePart):
    """The notes of a partnership, the newest first, all or of one kind."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_EvaluateNotes()
        self.ui.setupUi(self)
        self.form = RecordForm(context, Note, self.ui.detail)
        self.kind_box = QComboBox()
        self.kind_box.setAccessibleName(self.tr("Which notes are shown"))
        self.kind_box.setToolTip(self.kind_box.accessibleName())
        self._kind = ChoiceBox(self.kind_box, lambda _: self.reload())
        self._kind.offer([(None, self.tr("All kinds")), *enum_choices(NoteKind)])
        self.ui.notes.setup(
            context,
            ListSetup(
                cls=Note,
                key="evaluate_notes",
                title=self.tr("Notes"),
                add_text=self.tr("Add note"),
                columns=[
                    Column("day", self.tr("Day"), lambda note: note.noted_on, width=104),
                    Column("title", self.tr("Note"), self._title, tip=lambda note: note.text),
                    Column("kind", self.tr("Kind"), lambda note: Chip(choice_word(note.kind)), width=128),
                ],
                find=self._find,
                new=self._new,
                extra=[self.kind_box],
                empty_title=self.tr("Nothing noted yet"),
                empty_text=self.tr(
                    "Lessons learned, what people said, press and posts, support from the neighbourhood: "
                    "note it on the day you see it. Start with what you would do again."
                ),
            ),
        )
        self.ui.notes.attach(self.form, self.ui.detailScroll)
        self.ui.split.setSizes([480, 360])

    def reload(self) -> None:
        """Read the notes again."""
        self.ui.notes.reload()

    def open_item(self, section: str, item: UUID | None) -> None:
        """Choose a note; for "lessons" show those and put the keyboard on "Add"."""
        self._kind.show(NoteKind.LESSON_LEARNED if section == "lessons" and item is None else None)
        self.reload()
        if item is not None:
            self.ui.notes.select(item)
        elif section == "lessons":
            notes = self.ui.notes
            (notes.add_button if notes.model.rows else notes.empty.action_button).setFocus()

    def _find(self, archived: bool) -> list[Note]:
        wanted = {} if self._kind.value is None else {"kind": self._kind.value}
        found = records.listed(
            self.context.workspace,
            Note,
            archived,
            partnership_id=self.partnership,
            **wanted,
        )
        return sorted(found, key=lambda note: (note.noted_on or note.created_at.date(), note.created_at), reverse=True)

    def _new(self) -> Note:
        kind = self._kind.value or NoteKind.LESSON_LEARNED
        return Note(
            partnership_id=self.partnership, kind=kind, noted_on=self.context.today(), title=self._new_title(kind)
        )

    def _new_title(self, kind: NoteKind) -> str:
        return self.tr("New: {kind}").format(kind=choice_word(kind))

    def _title(self, note: Note) -> str:
        return note.title or note.text or self.tr("(no title)")
