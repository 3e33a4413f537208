"""Which web pages may connect and act: the server's own, and those an operator allows.

Browsers let any page open a WebSocket or post a form to any host, loopback included, and say honestly in `Origin`
which page it was. Programs send no `Origin`, and are not what this guards against.

The own pages are known by the host that a request names, and that alone would believe an attacker: a name of theirs may
be resolved to our address after their page was loaded (DNS rebinding), and then their page counts as one of ours, for
the browser as well. So only hosts are answered that nobody else can make point here.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import Final, NamedTuple
from urllib.parse import urlsplit

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
DEFAULT_PORTS: Final = {"http": 80, "https": 443}


class Origin(NamedTuple):
    """Scheme, lower-case host and port of a page."""

    scheme: str
    host: str
    port: int


def parse_origin(text: str) -> Origin | None:
    """The origin that a text such as `https://host:8443` names; None for `null`, a path, or anything else."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or text != f"{parts.scheme}://{parts.netloc}":
        return None
    if "@" in parts.netloc:
        return None
    return Origin(parts.scheme, parts.hostname, DEFAULT_PORTS[parts.scheme] if port is None else port)


def is_known_host(host: str | None, *, known: frozenset[str]) -> bool:
    """Whether a request with this `Host` header is meant for us: an address, this machine, or a known host.

    The known ones are lower-case, without a port. A request without the header is from no browser.
    """
    if host is None:
        return True
    asked = parse_origin(f"http://{host}")
    if asked is None:
        return False
    name = asked.host.removesuffix(".")
    return name in known or name == "localhost" or name.endswith(".localhost") or _is_address(name)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def is_allowed(origin: str | None, *, own: str, allowed: frozenset[Origin]) -> bool:
    """Whether a request with this `Origin` header may act; `own` is the origin that the request itself was sent to."""
    if origin is None:
        return True
    page = parse_origin(origin)
    return page is not None and (page == parse_origin(own) or page in allowed)
