"""Invitations and cancellations as e-mail drafts: one event per message, opened by the mail program for sending.

The message is what mail programs send themselves (RFC 6047): a text, the same as `text/calendar` with its method,
and attachments. `X-Unsent: 1` lets Outlook open it as a draft; others open it for "edit as new".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from cocivic_desktop.calendars.ics_out import CalendarEvent, write_message

REQUEST, CANCEL = "REQUEST", "CANCEL"


@dataclass(frozen=True)
class MailAttachment:
    """A file that goes along."""

    name: str
    media_type: str
    data: bytes


def write_mail(
    event: CalendarEvent,
    method: str,
    *,
    subject: str,
    text: str,
    stamped_at: datetime,
    attachments: Sequence[MailAttachment] = (),
) -> bytes:
    """The draft as `.eml`. Organizer and attendees are those of the event; `stamped_at` is aware.

    The calendar is there twice, as part of the text for mail programs that show buttons, and as a file for others.
    """
    calendar = write_message(event, method, stamped_at=stamped_at)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = _address(event.organizer_name, event.organizer_email)
    mail["To"] = [_address(one.name, one.email) for one in event.attendees]
    mail["Subject"] = " ".join(subject.split())
    mail["Date"] = format_datetime(stamped_at)
    mail["X-Unsent"] = "1"
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(
        calendar.decode(), subtype="calendar", cte="base64", params={"method": method, "name": "invite.ics"}
    )
    files = [MailAttachment("invite.ics", "application/ics", calendar), *attachments]
    for one in files:
        main, _, sub = one.media_type.partition("/")
        mail.add_attachment(one.data, maintype=main, subtype=sub, filename=one.name)
    return mail.as_bytes()


def _address(name: str, email: str) -> Address:
    return Address(display_name=" ".join(name.split()), addr_spec=email)
