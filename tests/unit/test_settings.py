"""Settings come from the environment and are documented where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.settings import Settings, settings


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_the_environment_wins_over_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIMING_HOME", "/somewhere/else")
    assert Settings().home == Path("/somewhere/else")


def test_an_impossible_value_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIMING_POOL_SIZE", "0")
    with pytest.raises(ValueError, match="pool_size"):
        Settings()


def test_a_process_reads_them_once() -> None:
    assert settings() is settings()
