"""The built app: its files, and its page for every address that is a view of the app."""

from __future__ import annotations

from errno import ENAMETOOLONG
from typing import TYPE_CHECKING, Final

from aiohttp import web

from groove_dashboard.web.services import STATIC_DIR

if TYPE_CHECKING:
    from pathlib import Path

CONTENT_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SECURITY_HEADERS: Final = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
# The build names each of these files after its content, so that it never changes.
IMMUTABLE: Final = "public, max-age=31536000, immutable"
CHECK_FIRST: Final = "no-cache"

NOT_BUILT: Final = "The app has not been built: run `make build`. The interfaces under /api and /ws work without it.\n"


async def get_asset(request: web.Request) -> web.StreamResponse:
    """A file that the page refers to; a missing one is an error and not the page."""
    file = _file(request.app[STATIC_DIR] / "assets", request.match_info["path"])
    if file is None:
        raise web.HTTPNotFound
    return _send(file, IMMUTABLE)


async def get_page(request: web.Request) -> web.StreamResponse:
    """A file beside the page, such as its icon, or the page itself: the app knows its own addresses."""
    directory = request.app[STATIC_DIR]
    file = _file(directory, request.match_info["path"]) or _file(directory, "index.html")
    if file is None:
        return web.Response(text=NOT_BUILT, status=503, headers={"Cache-Control": "no-store"})
    return _send(file, CHECK_FIRST)


def _file(directory: Path, path: str) -> Path | None:
    """The file of that path below the directory, None where there is none; links and `..` lead to nothing outside."""
    if not path or "\0" in path:
        return None
    try:
        file = (directory / path).resolve()
        return file if file.is_relative_to(directory.resolve()) and file.is_file() else None
    except OSError as error:
        if error.errno == ENAMETOOLONG:
            return None
        raise


def _send(file: Path, caching: str) -> web.FileResponse:
    return web.FileResponse(file, headers={**SECURITY_HEADERS, "Cache-Control": caching})
