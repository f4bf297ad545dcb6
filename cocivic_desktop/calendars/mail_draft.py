"""Letters by mail as drafts that a mail program opens for sending: text and attachments, no event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from cocivic_desktop.calendars.invitation import MailAttachment


def write_draft(
    sender: tuple[str, str],
    recipient: tuple[str, str],
    *,
    subject: str,
    text: str,
    stamped_at: datetime,
    attachments: Sequence[MailAttachment] = (),
) -> bytes:
    """The draft as `.eml`. Sender and recipient are name and address; `stamped_at` is aware.

    `X-Unsent: 1` lets Outlook open it as a draft; others open it for "edit as new".
    """
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = _address(sender), _address(recipient)
    mail["Subject"] = " ".join(subject.split())
    mail["Date"] = format_datetime(stamped_at)
    mail["X-Unsent"] = "1"
    mail.set_content(text, cte="quoted-printable")
    for one in attachments:
        main, _, sub = one.media_type.partition("/")
        mail.add_attachment(one.data, maintype=main, subtype=sub, filename=one.name)
    return mail.as_bytes()


def _address(of: tuple[str, str]) -> Address:
    name, email = of
    return Address(display_name=" ".join(name.split()), addr_spec=email)
