"""A real calendar server on this computer, for tests of publishing."""

from __future__ import annotations

import socket
import subprocess
import sys
import time as clock
from pathlib import Path
from typing import Any

import icalendar
import niquests

RIGHTS = """[root]
user: .+
collection:
permissions: R

[principal]
user: .+
collection: {user}
permissions: RW

[locked]
user: .+
collection: {user}/locked
permissions: r

[calendars]
user: .+
collection: {user}/[^/]+
permissions: rw
"""


class RadicaleServer:
    """A Radicale with one user."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "users").write_text("marlene:secret\n")
        (folder / "rights").write_text(RIGHTS)
        locked = folder / "data" / "collection-root" / "marlene" / "locked"
        locked.mkdir(parents=True)
        (locked / ".Radicale.props").write_text('{"D:displayname": "locked", "tag": "VCALENDAR"}')
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/"
        options = {
            "server-hosts": f"127.0.0.1:{self.port}", "auth-type": "htpasswd", "auth-htpasswd-encryption": "plain",
            "auth-htpasswd-filename": str(folder / "users"), "auth-delay": "0", "rights-type": "from_file",
            "rights-file": str(folder / "rights"), "storage-filesystem-folder": str(folder / "data"),
        }  # fmt: skip
        words = [f"--{name}={value}" for name, value in options.items()]
        self._log = (folder / "log").open("wb")
        self.process = subprocess.Popen([sys.executable, "-m", "radicale", *words], stderr=self._log)

    def wait(self) -> None:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            clock.sleep(0.05)
        raise TimeoutError((self.folder / "log").read_text())

    def request(self, method: str, path: str, data: str = "", **headers: str) -> niquests.Response:
        return niquests.request(
            method, self.url + path, data=data.encode(), auth=("marlene", "secret"), headers=headers or None
        )

    def make(self, name: str) -> None:
        """A new calendar of that name."""
        body = (
            '<?xml version="1.0"?><mkcalendar xmlns="urn:ietf:params:xml:ns:caldav" xmlns:d="DAV:"><d:set><d:prop>'
            f"<d:displayname>{name}</d:displayname></d:prop></d:set></mkcalendar>"
        )
        assert self.request("MKCALENDAR", f"marlene/{name}/", body).status_code == 201

    def events(self, name: str) -> dict[str, Any]:
        """What stands in a calendar, by UID, read without our code."""
        text = self.request("GET", f"marlene/{name}/").text or ""
        calendar: Any = icalendar.Calendar.from_ical(text)
        return {str(one["UID"]): one for one in calendar.walk("VEVENT")}

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        self._log.close()
