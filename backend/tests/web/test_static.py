"""The built app is served with its deep links, and with headers that keep it its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from yarl import URL

from tests.web.site import problem_of, site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from aiohttp import ClientSession

PAGE = "<!doctype html><title>groove</title>"


@pytest.fixture
def static_dir(tmp_path: Path) -> Path:
    directory = tmp_path / "static"
    (directory / "assets").mkdir(parents=True)
    (directory / "index.html").write_text(PAGE)
    (directory / "favicon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (directory / "assets" / "app-1a2b3c.js").write_text("export {}")
    (tmp_path / "secret.txt").write_text("secret")
    (directory / "assets" / "way-out").symlink_to(tmp_path / "secret.txt")
    return directory


@pytest.fixture
async def client(database_url: str, static_dir: Path) -> AsyncIterator[ClientSession]:
    async with site(database_url, static_dir=static_dir) as session:
        yield session


async def test_every_address_of_the_app_is_its_page(client: ClientSession) -> None:
    for path in ("/", "/index.html", "/learnings", "/learnings/0190b6c0", "/apis", "/assets"):
        async with client.get(path) as response:
            assert response.status == 200
            assert response.content_type == "text/html"
            assert await response.text() == PAGE
            assert response.headers["Cache-Control"] == "no-cache"


async def test_the_page_may_load_and_call_nothing_but_its_own_server(client: ClientSession) -> None:
    async with client.get("/") as response:
        policy = dict(rule.split(" ", 1) for rule in response.headers["Content-Security-Policy"].split("; "))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["connect-src"] == policy["style-src"] == "'self'"
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "no-referrer"


async def test_an_asset_is_kept_for_ever(client: ClientSession) -> None:
    async with client.get("/assets/app-1a2b3c.js") as response:
        assert response.status == 200
        assert "javascript" in response.content_type
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_file_beside_the_page_is_itself(client: ClientSession) -> None:
    async with client.get("/favicon.svg") as response:
        assert response.content_type == "image/svg+xml"
        assert response.headers["Cache-Control"] == "no-cache"


async def test_a_page_that_did_not_change_is_not_sent_again(client: ClientSession) -> None:
    async with client.get("/") as response:
        tag = response.headers["ETag"]
    async with client.get("/learnings", headers={"If-None-Match": tag}) as response:
        assert response.status == 304


async def test_a_missing_asset_is_no_page(client: ClientSession) -> None:
    for path in ("/assets/gone-9f9f9f.js", "/assets/", "/assets/way-out", "/assets/%00"):
        async with client.get(URL(path, encoded=True)) as response:
            assert response.status == 404
            await problem_of(response)


async def test_a_path_that_no_file_can_have_is_no_file(client: ClientSession) -> None:
    for path in ("x" * 300, "/".join(["x" * 200] * 30)):
        async with client.get(f"/assets/{path}") as response:
            assert response.status == 404
            await problem_of(response)
        async with client.get(f"/{path}") as response:
            assert response.status == 200
            assert await response.text() == PAGE


async def test_nothing_outside_is_served(client: ClientSession) -> None:
    for path in (
        "/assets/..%2f..%2fsecret.txt",
        "/..%2fsecret.txt",
        "/assets/%2e%2e/%2e%2e/secret.txt",
        "/%2fetc/passwd",
    ):
        async with client.get(URL(path, encoded=True)) as response:
            assert "secret" not in await response.text()
            assert "root:" not in await response.text()


async def test_the_page_is_not_the_answer_to_a_program(client: ClientSession) -> None:
    for method, path, status in (
        ("GET", "/api/groove/nothing", 404),
        ("GET", "/api", 404),
        ("GET", "/api/", 404),
        ("GET", "/ws", 404),
        ("GET", "/ws/groove/nothing", 404),
        ("GET", "/%61pi/groove/nothing", 404),
        ("POST", "/api/groove/evnts", 404),
        ("GET", "/api/groove/events", 405),
        ("PUT", "/api/groove/events", 405),
        ("POST", "/learnings", 405),
    ):
        async with client.request(method, URL(path, encoded=True)) as response:
            assert response.status == status, (method, path)
            await problem_of(response)


async def test_without_a_built_app_the_page_says_so(database_url: str, tmp_path: Path) -> None:
    async with site(database_url, static_dir=tmp_path / "nowhere") as client:
        async with client.get("/learnings") as response:
            assert response.status == 503
            assert response.content_type == "text/plain"
            assert "make build" in await response.text()
        async with client.get("/healthz") as response:
            assert response.status == 200
