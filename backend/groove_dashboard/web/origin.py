"""Which web pages may connect and act: the server's own, and those an operator allows.

Browsers let any page open a WebSocket or post a form to any host, loopback included, and say honestly in `Origin`
which page it was. Programs send no `Origin`, and are not what this guards against.
"""

from __future__ import annotations

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


def is_allowed(origin: str | None, *, own: str, allowed: frozenset[Origin]) -> bool:
    """Whether a request with this `Origin` header may act; `own` is the origin that the request itself was sent to."""
    if origin is None:
        return True
    page = parse_origin(origin)
    return page is not None and (page == parse_origin(own) or page in allowed)
