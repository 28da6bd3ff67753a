"""The parts of the private cluster that need no server: its configuration, its socket, its sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.problems import BadInput, Unavailable
from geo.settings import settings
from geo.store.binaries import find, installed
from geo.store.cluster import LONGEST_SOCKET_FOLDER, Cluster
from geo.store.sql import sql_files
from geo.store.tuning import configuration, identities
from geo.store.urls import app_url


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    settings.cache_clear()
    yield monkeypatch
    monkeypatch.undo()
    settings.cache_clear()


def test_no_port_is_open_and_what_the_caller_gives_wins() -> None:
    text = configuration(Path("/s"), {"fsync": "off", "jit": "on"})
    assert "listen_addresses = ''\n" in text
    assert "fsync = off\n" in text
    assert text.count("jit =") == 1


def test_only_named_system_users_may_be_the_two_roles() -> None:
    assert identities(["postgres", "root"], ["a", "b"]).splitlines() == [
        "diming postgres a", "diming postgres b", "diming root a", "diming root b"
    ]  # fmt: skip


def test_a_deep_home_has_its_socket_where_the_kernel_can_reach_it(tmp_path: Path) -> None:
    deep = Cluster(tmp_path / ("深" * 60))
    assert len(str(deep.socket).encode()) <= LONGEST_SOCKET_FOLDER
    assert Cluster(tmp_path / ("深" * 61)).socket != deep.socket


def test_a_machine_without_postgis_is_told_what_to_install(env: pytest.MonkeyPatch, tmp_path: Path) -> None:
    env.setenv("DIMING_PG_BIN", str(tmp_path))
    assert installed() == []
    with pytest.raises(Unavailable) as caught:
        find()
    assert "postgresql-postgis" in caught.value.remedy


def test_a_data_folder_of_another_version_names_the_package() -> None:
    with pytest.raises(Unavailable) as caught:
        find(9)
    assert "postgresql-9-postgis-3" in caught.value.remedy


@pytest.mark.parametrize(
    "given", ["postgres://u:p@h/d", "postgresql://u:p@h/d", "postgresql+asyncpg://u:p@h/d"]
)
def test_any_usual_spelling_of_a_url_is_understood(env: pytest.MonkeyPatch, given: str) -> None:
    env.setenv("DIMING_DATABASE_URL", given)
    assert app_url().render_as_string(hide_password=False) == "postgresql+psycopg://u:p@h/d"


def test_what_is_no_url_is_refused_without_showing_it(env: pytest.MonkeyPatch) -> None:
    env.setenv("DIMING_DATABASE_URL", "secret password")
    with pytest.raises(BadInput) as caught:
        app_url()
    assert "secret" not in str(caught.value)


def test_every_sql_file_makes_the_object_it_is_named_after() -> None:
    for file in sql_files():
        text = " ".join(file.read_text(encoding="utf-8").split())
        assert f" {file.stem}" in text or f".{file.stem}" in text, file
