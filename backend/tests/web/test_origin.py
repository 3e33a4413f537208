"""Pages of the server's own origin may act, others only where an operator allows them; names of others are not ours."""

from __future__ import annotations

import pytest

from groove_dashboard.web.origin import Origin, is_allowed, is_known_host, parse_origin

OWN = "http://127.0.0.1:8765"


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("https://dashboard.example", Origin("https", "dashboard.example", 443)),
        ("http://dashboard.example", Origin("http", "dashboard.example", 80)),
        ("https://dashboard.example:8443", Origin("https", "dashboard.example", 8443)),
        ("http://Dashboard.Example", Origin("http", "dashboard.example", 80)),
        ("http://[::1]:8765", Origin("http", "::1", 8765)),
    ],
)
def test_an_origin_is_scheme_host_and_port(text: str, origin: Origin) -> None:
    assert parse_origin(text) == origin


@pytest.mark.parametrize(
    "text",
    [
        "null",
        "",
        "dashboard.example",
        "//dashboard.example",
        "https://",
        "https://dashboard.example/",
        "https://dashboard.example/path",
        "https://dashboard.example?query",
        "https://dashboard.example:port",
        "https://dashboard.example:99999",
        "https://user@dashboard.example",
        "file:///etc/passwd",
        "javascript://dashboard.example",
        "http://[::1",
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert parse_origin(text) is None


def test_a_program_without_an_origin_is_allowed() -> None:
    assert is_allowed(None, own=OWN, allowed=frozenset())


def test_the_own_page_is_allowed() -> None:
    assert is_allowed(OWN, own=OWN, allowed=frozenset())


@pytest.mark.parametrize(
    "foreign",
    [
        "https://127.0.0.1:8765",  # another scheme
        "http://localhost:8765",  # another name
        "http://127.0.0.1:8766",  # another port
        "http://127.0.0.1:8765.evil.example",
        "http://127.0.0.1:8765@evil.example",
        "null",
        "",
    ],
)
def test_a_foreign_page_is_refused(foreign: str) -> None:
    assert not is_allowed(foreign, own=OWN, allowed=frozenset())


def test_a_page_that_the_operator_named_is_allowed() -> None:
    allowed = frozenset({Origin("https", "dashboard.example", 443)})
    assert is_allowed("https://dashboard.example", own=OWN, allowed=allowed)
    assert is_allowed("https://dashboard.example:443", own=OWN, allowed=allowed)
    assert not is_allowed("http://dashboard.example", own=OWN, allowed=allowed)


def test_a_request_to_no_sensible_host_has_no_own_page() -> None:
    assert not is_allowed("null", own="http://", allowed=frozenset())


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:8765",
        "192.0.2.7",
        "[::1]:8765",
        "[2001:db8::7]",
        "localhost:8765",
        "LOCALHOST",
        "localhost.",
        "groove.localhost:8765",
        "dashboard.example",
        "Dashboard.Example:8443",
        None,  # a program of old
    ],
)
def test_a_host_that_nobody_else_can_point_here_is_ours(host: str | None) -> None:
    assert is_known_host(host, known=frozenset({"dashboard.example"}))


@pytest.mark.parametrize(
    "host",
    [
        "evil.example:8765",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evillocalhost",
        "sub.dashboard.example",
        "127.0.0.1@evil.example",
        "evil.example#localhost",
        "localhost/",
        "[::1",
        ":8765",
        "",
    ],
)
def test_any_other_host_may_be_a_name_of_somebody_else(host: str) -> None:
    assert not is_known_host(host, known=frozenset({"dashboard.example"}))
