"""Templates of hours: the list to edit and order them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from cocivic_desktop._generated.forms.hours_templates import Ui_HoursTemplates
from cocivic_desktop.domain.hours import HourTemplate
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.services import hour_templates, records
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Column
from cocivic_desktop.ui.pages.hours.choose import activities_of, person_or_heads
from cocivic_desktop.ui.pages.part import StagePart
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.formats import minutes_text
from cocivic_desktop.ui.texts.words import word
from cocivic_desktop.ui.widgets.record_list import ListSetup


class TemplatesPane(StagePart):
    """The templates in the person's order at the left, the chosen one at the right."""

    left = Signal()
    """The person wants the entries back."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_HoursTemplates()
        self.ui.setupUi(self)
        self.form: RecordForm[HourTemplate] = RecordForm(
            context,
            HourTemplate,
            self.ui.detail,
            choices={"activity_id": lambda: activities_of(context, self.partnership_id)},
            save=lambda record, fields: records.change(
                context.workspace, HourTemplate, record.id, **person_or_heads(fields)
            ),
        )
        back = QPushButton(self.tr("Back to the entries"))
        back.clicked.connect(lambda: self.left.emit())
        self.ui.templates.setup(
            context,
            ListSetup(
                cls=HourTemplate,
                key="hour_templates",
                title=self.tr("Templates"),
                add_text=self.tr("Add template"),
                ordered=True,
                extra=[back],
                sortable=False,
                columns=[
                    Column("title", self.tr("Title")),
                    Column("who", self.tr("Who"), self._who, width=150),
                    Column("minutes", self.tr("Time"), lambda row: minutes_text(row.minutes), width=92, right=True),
                    Column("category", self.tr("Category"), lambda row: word(row.category), width=108),
                ],
                find=lambda archived: hour_templates.templates(context.workspace, self.partnership, archived=archived),
                new=lambda: HourTemplate(partnership_id=self.partnership, title=self.tr("New template"), head_count=1),
                empty_title=self.tr("No templates yet"),
                empty_text=self.tr(
                    "What comes back every week is logged with /1 and Enter. Write it in the line above and press "
                    "Templates, Keep as template; or add one here."
                ),
            ),
        )
        self.ui.templates.attach(self.form, self.ui.detailScroll)
        self.ui.split.setSizes([500, 320])

    def reload(self) -> None:
        """Show the partnership's templates."""
        self.ui.templates.reload()

    def _who(self, row: HourTemplate) -> str:
        if row.person_id is not None:
            return choices.name_of(self.context, Person, row.person_id)
        return self.tr("{count} × {role}").format(count=row.head_count or 1, role=row.role or self.tr("heads"))
