"""What a server does when nobody sets anything."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest

from groove_dashboard.config import Settings, default_data_dir
from groove_dashboard.live.limits import Limits


def test_a_server_is_reachable_from_its_own_machine_only() -> None:
    assert Settings().host == "127.0.0.1"
    assert Settings().allow_origin == ()


def test_the_defaults_are_those_of_the_contract() -> None:
    settings = Settings()
    assert settings.port == 8765
    assert settings.component_stale_after == timedelta(minutes=15)
    assert settings.max_body_bytes == 16 * 1024 * 1024
    assert settings.max_connections == Limits().max_connections == 10_000
    assert settings.max_topics == Limits().max_topics == 64
    assert settings.messages_per_second == Limits().messages_per_second == 20
    assert settings.heartbeat_seconds == Limits().heartbeat_seconds == 25
    assert settings.slow_client_seconds == Limits().drain_timeout == 10
    assert settings.database_url is None
    assert not settings.demo


def test_data_lie_where_the_platform_keeps_a_users_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere/data")
    assert default_data_dir().name == "groove-dashboard"
    assert Settings().data_dir == default_data_dir()


def test_data_of_root_lie_where_the_user_that_postgresql_runs_as_can_get(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert default_data_dir() == Path("/var/lib/groove-dashboard")


def test_the_built_app_is_looked_for_inside_the_package() -> None:
    static_dir = Settings().static_dir
    assert static_dir.parts[-3:] == ("groove_dashboard", "web", "static")
    assert Path(static_dir.parent / "server.py").is_file()


def test_settings_do_not_change_while_a_server_runs() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]
