"""The papers that the dialog can write: letter, profile, agenda, minutes, invitation and cancellation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.services import invitations, letters
from cocivic_desktop.services.letters import LetterKind

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace

translate = QCoreApplication.translate


class Paper(Protocol):
    """What is written: its words until somebody changes them, a name for the file, and the writing itself."""

    @property
    def title(self) -> str:
        """What is written, in the language of the screen."""
        ...

    @property
    def info(self) -> str:
        """What the text is part of, or who gets it."""
        ...

    @property
    def suffix(self) -> str:
        """Ending of the file."""
        ...

    @property
    def option(self) -> str:
        """Words of a choice that goes with it, "" for none."""
        ...

    @property
    def takes_dates(self) -> bool:
        """Whether dates for the talk are proposed."""
        ...

    def draft(self, language: str, dates: Sequence[datetime | date]) -> tuple[str, str]:
        """Subject and text as proposed. Raises `CoCivicError`."""
        ...

    def file_name(self, language: str) -> str:
        """A name for the file."""
        ...

    def write(self, path: Path, language: str, subject: str, text: str, *, option: bool, force: bool) -> Path:
        """Write the file. Raises `CoCivicError`."""
        ...


@dataclass
class LetterPaper:
    """A DOCX on our letterhead."""

    workspace: Workspace
    kind: LetterKind
    partnership_id: UUID
    today: date
    meeting_id: UUID | None = None
    suffix: str = ".docx"
    option: str = ""

    @property
    def title(self) -> str:
        """What is written, in the language of the screen."""
        return {
            LetterKind.INTRODUCTION: translate("Papers", "Introduction letter"),
            LetterKind.PROFILE: translate("Papers", "A page about our organisation"),
            LetterKind.AGENDA: translate("Papers", "Agenda"),
            LetterKind.MINUTES: translate("Papers", "Minutes"),
        }[self.kind]

    @property
    def info(self) -> str:
        """What the text is part of."""
        return {
            LetterKind.INTRODUCTION: translate(
                "Papers", "Address, salutation and signature come from the records. A line with “• ” becomes a point."
            ),
            LetterKind.PROFILE: translate(
                "Papers", "Mission, themes and contact come from the record of our organisation. This is what follows."
            ),
            LetterKind.AGENDA: translate("Papers", "Items, day, place and people come from the meeting."),
            LetterKind.MINUTES: translate(
                "Papers", "Answers, minutes, decisions and tasks come from the meeting. This is the last line."
            ),
        }[self.kind]

    @property
    def takes_dates(self) -> bool:
        """Whether dates for the talk are proposed."""
        return self.kind is LetterKind.INTRODUCTION

    def draft(self, language: str, dates: Sequence[datetime | date]) -> tuple[str, str]:
        """Subject and text as proposed."""
        made = letters.draft(
            self.workspace, self.kind, self.partnership_id, language, meeting_id=self.meeting_id, dates=dates
        )
        return made.subject, made.text

    def file_name(self, language: str) -> str:
        """A name for the file."""
        return letters.file_name(self.workspace, self.kind, self.partnership_id, language, self.suffix, self.meeting_id)

    def write(self, path: Path, language: str, subject: str, text: str, *, option: bool, force: bool) -> Path:
        """Write the file."""
        return letters.write(
            self.workspace,
            path,
            self.kind,
            self.partnership_id,
            language,
            today=self.today,
            meeting_id=self.meeting_id,
            changed=letters.Draft(subject, text),
            force=force,
        )


@dataclass
class InvitationPaper:
    """An e-mail draft with the meeting as a calendar event."""

    workspace: Workspace
    partnership_id: UUID
    activity_id: UUID
    meeting_id: UUID | None = None
    cancel: bool = False
    on: date | None = None
    """The date of a series, None for the next one."""
    whole: bool = False
    """About all dates of a series."""
    suffix: str = ".eml"
    takes_dates: bool = False

    @property
    def title(self) -> str:
        """What is written, in the language of the screen."""
        return (
            translate("Papers", "Cancellation by e-mail")
            if self.cancel
            else translate("Papers", "Invitation by e-mail")
        )

    @property
    def info(self) -> str:
        """Who gets it, and what happens."""
        guests = invitations.guests(self.workspace, self.activity_id)
        lines = [translate("Papers", "To: {names}").format(names=", ".join(one.name for one in guests.invited) or "–")]
        if guests.without_address:
            names = ", ".join(one.name for one in guests.without_address)
            lines.append(translate("Papers", "! No e-mail address: {names}").format(names=names))
        lines.append(
            translate("Papers", "All dates to come are cancelled in our calendar too.")
            if self.cancel and self.whole
            else translate("Papers", "The date is cancelled in our calendar too.")
            if self.cancel
            else translate("Papers", "Open the file with your mail program and send it. Nothing is sent from here.")
        )
        return "\n".join(lines)

    @property
    def option(self) -> str:
        """The agenda may go along."""
        return "" if self.cancel or self.meeting_id is None else translate("Papers", "Attach the agenda (DOCX)")

    def draft(self, language: str, dates: Sequence[datetime | date]) -> tuple[str, str]:
        """Subject and text as proposed."""
        made = invitations.mail(
            self.workspace, self.activity_id, language, cancel=self.cancel, on=self.on, whole=self.whole
        )
        return made.subject, made.text

    def file_name(self, language: str) -> str:
        """A name for the file."""
        kind = "cancellation" if self.cancel else "invitation"
        return letters.file_name(self.workspace, kind, self.partnership_id, language, self.suffix, self.meeting_id)

    def write(self, path: Path, language: str, subject: str, text: str, *, option: bool, force: bool) -> Path:
        """Write the file."""
        return invitations.write_invitation(
            self.workspace,
            self.activity_id,
            path,
            language,
            cancel=self.cancel,
            on=self.on,
            whole=self.whole,
            changed=invitations.Mail(subject, text),
            with_agenda=option,
            force=force,
        )
