"""The library: models of cooperation, clauses, and guidance, to read at leisure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, Qt

from cocivic_desktop._generated.forms.library_page import Ui_LibraryPage
from cocivic_desktop.ui.pages.base import Page
from cocivic_desktop.ui.reading import page_html

if TYPE_CHECKING:
    from PySide6.QtWidgets import QListWidget, QTextBrowser, QWidget

    from cocivic_desktop.ui.context import Context, Target


class LibraryPage(Page):
    """Three shelves; each a list of titles with the text beside it."""

    kinds: ClassVar[tuple[str, ...]] = ("own_model",)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_LibraryPage()
        self.ui.setupUi(self)
        self.ui.contextLabel.setText(self.tr("What others have learnt, and the words to agree with"))
        for split in (self.ui.clausesSplit, self.ui.guidanceSplit):
            split.setSizes([300, 700])
        self._shelves: list[tuple[QListWidget, QTextBrowser, list[str]]] = []

    def reload(self) -> None:
        """Fill the shelves. Of what is on them only our own models change, and the theme's colours."""
        self._shelves = []
        self.ui.modelsShelf.show_models(self.context)
        self._fill(self.ui.clausesList, self.ui.clausesReader, self._clauses)
        self._fill(self.ui.guidanceList, self.ui.guidanceReader, self._guidance)

    def first_control(self) -> QWidget | None:
        """The tabs: arrows turn to another shelf, Tab goes into it."""
        return self.ui.tabs.tabBar()

    def open_target(self, target: Target) -> None:
        """Turn to a shelf: "models", "clauses" or "guidance"; "first_steps" is where the guidance begins."""
        tabs = {
            "models": self.ui.modelsTab,
            "clauses": self.ui.clausesTab,
            "guidance": self.ui.guidanceTab,
            "first_steps": self.ui.guidanceTab,
        }
        if target.section == "first_steps":
            self.ui.guidanceList.setCurrentRow(0)
            self.ui.guidanceList.setFocus()
        if target.section in tabs:
            self.ui.tabs.setCurrentWidget(tabs[target.section])
        if target.section == "models" and target.item is not None:
            self.ui.modelsShelf.select(target.item)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_shelves"):
            self.refresh(None)
        super().changeEvent(event)

    def _fill(self, titles: QListWidget, reader: QTextBrowser, texts: Callable[[], Sequence[tuple[str, str]]]) -> None:
        place = max(titles.currentRow(), 0)
        titles.blockSignals(True)
        titles.clear()
        pages = []
        for title, html in texts():
            titles.addItem(title)
            titles.item(titles.count() - 1).setToolTip(title)
            pages.append(html)
        titles.blockSignals(False)
        self._shelves.append((titles, reader, pages))
        titles.setWordWrap(False)
        titles.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        titles.setUniformItemSizes(True)
        if not titles.property("connected"):
            titles.setProperty("connected", True)
            titles.currentRowChanged.connect(lambda row: self._show(titles, row))
        titles.setCurrentRow(-1)
        titles.setCurrentRow(min(place, len(pages) - 1))

    def _show(self, titles: QListWidget, row: int) -> None:
        for shelf, reader, pages in self._shelves:
            if shelf is titles and 0 <= row < len(pages):
                reader.setHtml(pages[row])

    def _clauses(self) -> Sequence[tuple[str, str]]:
        from cocivic_desktop.library.clauses import clause_library

        pages = []
        for clause in clause_library().clauses:
            text = clause.texts.get(self._language) or clause.texts["en"]
            parts: list[tuple[str, str | Sequence[str]]] = [("", text.text)]
            parts += [(other.label, other.text) for other in text.alternatives.values()]
            parts.append((self.tr("Why it is there"), text.why))
            parts.append((self.tr("Ask the school"), text.ask))
            parts.append((self.tr("Look out"), text.caution))
            pages.append((text.title, page_html(text.title, parts)))
        return pages

    def _guidance(self) -> Sequence[tuple[str, str]]:
        from cocivic_desktop.library.guidance import TOPICS, guidance

        pages = []
        for topic in TOPICS:
            found = guidance(topic, self._language)
            parts: list[tuple[str, str | Sequence[str]]] = []
            for section in found.sections:
                parts += [(section.heading, section.text), ("", section.bullets)]
            parts.append((self.tr("Pitfalls"), found.pitfalls))
            note = self.tr("Source: {sources}").format(sources="; ".join(found.sources)) if found.sources else ""
            pages.append((found.title, page_html(found.title, parts, note)))
        return pages

    @property
    def _language(self) -> str:
        return self.context.language
