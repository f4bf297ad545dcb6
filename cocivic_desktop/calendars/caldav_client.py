"""A calendar on a CalDAV server (RFC 4791): what of ours is there, putting, changing and taking away.

Only events that carry our mark (`X-CO-CIVIC`) are ever touched; everything else in the calendar is left alone. The
`caldav` library is loaded when somebody connects, never before. The password lives in the connection only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

from cocivic_desktop.calendars.ics_values import BROKEN, text_of, whole_number
from cocivic_desktop.domain.errors import BadInput

MARK: Final = "X-CO-CIVIC"
TIMEOUT: Final = 30
"""Seconds until a silent server counts as unreachable."""


@dataclass(frozen=True)
class RemoteCalendar:
    """A calendar of the person on the server."""

    name: str
    url: str


@dataclass(frozen=True)
class RemoteEvent:
    """An event of ours on the server, with the mark it carries."""

    uid: str
    mark: str
    sequence: int
    resource: Any = field(repr=False, compare=False)


class Connection:
    """A signed-in connection. Every method raises `BadInput` with a sentence for the person."""

    def __init__(self, url: str, user: str, password: str) -> None:
        """Prepare; nothing is sent yet. Raises `BadInput` for an address to which no password should go."""
        self.url, self.user = checked_address(url), user
        self._password = password
        self._client: Any = None
        self._calendars: dict[str, Any] = {}

    def calendars(self) -> list[RemoteCalendar]:
        """The person's calendars, by name."""
        with _told(self.url):
            from caldav.davclient import DAVClient

            host_only = urlsplit(self.url).path.strip("/") == "" and not _is_local(self.url)
            self._client = DAVClient(
                url=self.url, username=self.user, password=self._password, timeout=TIMEOUT, enable_rfc6764=host_only
            )
            found = self._client.principal().calendars()
            self._calendars = {str(one.url): one for one in found}
            named = [RemoteCalendar(str(one.get_display_name() or one.url), str(one.url)) for one in found]
        if not named:
            raise BadInput("The server answers, but this user has no calendar there. Make one there first.")
        return sorted(named, key=lambda one: one.name.casefold())

    def ours(self, calendar: RemoteCalendar, first: date, last: date) -> list[RemoteEvent]:
        """The events that carry our mark, within these days."""
        with _told(self.url):
            found = self._calendar(calendar).search(
                event=True, start=datetime.combine(first, time(0), UTC), end=datetime.combine(last, time(0), UTC)
            )
        events = []
        for resource in found:
            try:
                (event,) = [one for one in resource.icalendar_instance.subcomponents if one.name == "VEVENT"]
                mark = text_of(event, MARK)
            except BROKEN:  # somebody else's event that cannot be read
                continue
            if mark:
                events.append(RemoteEvent(text_of(event, "UID"), mark, whole_number(event, "SEQUENCE"), resource))
        return events

    def add(self, calendar: RemoteCalendar, data: bytes) -> None:
        """Put a new event."""
        with _told(self.url, changing=True):
            self._calendar(calendar).add_event(data.decode())

    def change(self, event: RemoteEvent, data: bytes) -> None:
        """Replace an event of ours."""
        with _told(self.url, changing=True):
            event.resource.data = data.decode()
            event.resource.save(increase_seqno=False)

    def remove(self, event: RemoteEvent) -> None:
        """Take an event of ours away."""
        with _told(self.url, changing=True):
            event.resource.delete()

    def close(self) -> None:
        """End the connection and forget the password."""
        self._password = ""
        if self._client is not None:
            self._client.close()
            self._client = None

    def _calendar(self, calendar: RemoteCalendar) -> Any:
        if calendar.url not in self._calendars:
            raise BadInput(f"The calendar “{calendar.name}” is no longer on the server. Connect again.")
        return self._calendars[calendar.url]


def checked_address(url: str) -> str:
    """The address to connect to; `https://` is added where nothing is said.

    Raises `BadInput` for what is no address, and for an unprotected one outside this computer.
    """
    url = url.strip()
    if "://" not in url:
        url = f"https://{url}"
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or parts.scheme not in ("http", "https") or any(letter.isspace() for letter in url):
        raise BadInput("This is no address of a server. It looks like https://cloud.example.org/remote.php/dav/.")
    if parts.username or parts.password:
        raise BadInput("Leave user name and password out of the address; they have fields of their own.")
    if parts.scheme == "http" and not _is_local(url):
        raise BadInput("The address begins with http://: the password could be read on the way. Use https://.")
    return url


def _is_local(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


@contextmanager
def _told(url: str, *, changing: bool = False) -> Iterator[None]:
    """What goes wrong on the way, as a sentence; no password and no address beyond the host is in it."""
    from caldav.lib import error as dav
    from niquests import exceptions as net

    host = urlsplit(url).hostname
    try:
        yield
    except BadInput:
        raise
    except dav.AuthorizationError as error:
        forbidden = "forbidden" in str(getattr(error, "reason", "")).lower()
        if forbidden and not changing:
            raise BadInput(f"“{host}” has no calendars for this user at this address. Check the address.") from error
        if forbidden:
            raise BadInput(
                "The server does not allow this: the calendar may only be read. Choose another one, or ask its owner."
            ) from error
        raise BadInput(
            f"“{host}” does not accept this user name and password. Many servers ask for a password of its own for "
            "calendar programs (an app password)."
        ) from error
    except dav.RateLimitError as error:
        raise BadInput(f"“{host}” asks to wait: too many requests. Try again in some minutes.") from error
    except (dav.PutError, dav.DeleteError) as error:
        raise BadInput(
            f"“{host}” refused to change the calendar; it may be read-only or full. Nothing else was lost."
        ) from error
    except net.SSLError as error:
        raise BadInput(
            f"The connection to “{host}” is not safe (its certificate is not valid). Nothing was sent."
        ) from error
    except (net.ConnectionError, net.Timeout, OSError) as error:
        raise BadInput(f"“{host}” cannot be reached. Check the address and whether you are online.") from error
    except (dav.DAVError, net.RequestException, *BROKEN) as error:
        raise BadInput(f"“{host}” answers, but not as a calendar server (CalDAV). Check the address.") from error
