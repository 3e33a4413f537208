"""Whom the embedded PostgreSQL runs as: us, or, as it refuses to run as root, a system user made for it."""

from __future__ import annotations

import os
import pwd
import stat
import subprocess
from typing import TYPE_CHECKING, Final, TypedDict

from groove_dashboard.store.errors import EmbeddedServerError

if TYPE_CHECKING:
    from pathlib import Path

SYSTEM_USER: Final = "embedded_postgres"


class RunAs(TypedDict, total=False):
    """Options of subprocess.run that make a program run as another user."""

    user: int
    group: int
    extra_groups: list[int]


def _is_root() -> bool:
    return os.geteuid() == 0


def server_uid() -> int:
    """Who owns what is the server's."""
    return pwd.getpwnam(SYSTEM_USER).pw_uid if _is_root() else os.geteuid()


def as_server_user() -> RunAs:
    """Nothing unless this is root."""
    if not _is_root():
        return {}
    account = pwd.getpwnam(SYSTEM_USER)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def give_to_server(directory: Path) -> None:
    """Make the directory, but not what is in it, the server's."""
    if _is_root():
        account = pwd.getpwnam(SYSTEM_USER)
        os.chown(directory, account.pw_uid, account.pw_gid, follow_symlinks=False)


def prepare_for_root(cluster: Path, programs: Path) -> None:
    """Make the user where missing, and let it reach the data and run the programs. Raises EmbeddedServerError."""
    if not _is_root():
        return
    _make_system_user()
    for place in (cluster, programs):
        for parent in place.parents:
            _allow(parent, stat.S_IXOTH)
    for below in programs.parent.rglob("*"):
        if not below.is_symlink():
            executable = below.stat().st_mode & stat.S_IXUSR
            _allow(below, stat.S_IROTH | stat.S_IXOTH if executable else stat.S_IROTH)


def _allow(path: Path, bits: int) -> None:
    mode = path.stat().st_mode
    if mode & bits != bits:
        path.chmod(stat.S_IMODE(mode) | bits)


def _make_system_user() -> None:
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        command = [
            "useradd",
            "--system",
            "--user-group",
            "--no-create-home",
            "--shell",
            "/usr/sbin/nologin",
            SYSTEM_USER,
        ]
        made = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 (a constant)
        if made.returncode != 0:
            raise EmbeddedServerError(
                f"PostgreSQL does not run as root, and the user {SYSTEM_USER} could not be made. Run as another user, "
                f"or give a database URL. The reason: {made.stderr.strip()}"
            ) from None
