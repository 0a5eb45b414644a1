"""Starting and stopping a server as people do it: what it says, and why it does not start, in one sentence."""

import asyncio
import os
import socket
import sqlite3
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from httpx2 import AsyncClient
from websockets.asyncio.client import ClientConnection as WebSocket
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.support.foundry import foundry
from tests.support.houses import running
from threebirds_migrations import current, upgrade
from threebirds_server.addresses import lan_addresses
from threebirds_server.serving import greeting, link, serve
from threebirds_server.settings import Settings
from threebirds_server.store.lock import locked
from threebirds_wire.client import ClientConnection
from threebirds_wire.frames import Notice


def why_not(**settings: Any) -> str:
    """The one thing a server says that does not start."""
    said: list[str] = []
    code = serve(Settings.model_validate(settings), tell=pytest.fail, warn=said.append)
    assert code == 1
    (sentence,) = said
    assert "\n" not in sentence
    return sentence


def test_a_port_in_use_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert why_not(data=tmp_path, port=port) == (
            f"Port {port} of 127.0.0.1 is in use: stop what uses it, or choose another one with --port."
        )


def test_an_address_of_another_machine_is_told(tmp_path: Path) -> None:
    assert why_not(data=tmp_path, host="192.0.2.77", port=0).startswith("This machine cannot listen on 192.0.2.77")


def test_a_second_server_on_one_data_folder_is_told(tmp_path: Path) -> None:
    with locked(tmp_path / "threebirds.db"):
        assert f"Another server (process {os.getpid()}) is using" in why_not(data=tmp_path, port=0)


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "choose another data folder" in why_not(data=tmp_path / "file" / "data", port=0).lower()


def test_a_database_of_a_newer_version_is_told(tmp_path: Path) -> None:
    file = tmp_path / "threebirds.db"
    upgrade(f"sqlite:///{file}")
    connection = sqlite3.connect(file)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    assert "newer version of Three Birds" in why_not(data=tmp_path, port=0)


def test_a_database_that_is_not_there_is_told(tmp_path: Path) -> None:
    nowhere = "postgresql://nobody:secret@127.0.0.1:1/threebirds"
    sentence = why_not(data=tmp_path, port=0, database_url=nowhere)
    assert "database" in sentence
    assert "secret" not in sentence


def test_the_greeting_shows_every_address_as_text_and_as_a_code(tmp_path: Path) -> None:
    shown = greeting(Settings(data=tmp_path, lan=True), 8123, "token")
    assert "http://127.0.0.1:8123/desk#token" in shown
    assert all(f"http://{address}:8123/join" in shown for address in lan_addresses())
    assert shown.count("▄▄▄▄▄▄▄") >= len(lan_addresses())


async def test_a_server_for_the_network_takes_in_whoever_came_by_an_address_it_shows(tmp_path: Path) -> None:
    """By that name, though not over the network: a test talks to nobody but this machine's loopback."""
    async with foundry(data=str(tmp_path), port=0, lan=True) as server, AsyncClient() as browser:
        at = (await server.start()).address
        port = int(at.rpartition(":")[2])
        assert lan_addresses()
        for address in lan_addresses():
            name = f"{address}:{port}"
            headers = {"host": name, "origin": f"http://{name}"}
            played = await browser.post(f"{at}/api/play", json={"scenario": "winter", "role": "SUP"}, headers=headers)
            assert "Secure" not in played.headers["set-cookie"]
            came_from = {"origin": f"http://{name}"}
            there = connect(f"ws://{name}/ws", host="127.0.0.1", port=port, additional_headers=came_from, proxy=None)
            async with there as socket_there:
                assert socket_there.response is not None


async def test_a_page_of_another_site_is_refused_by_the_real_server_too(tmp_path: Path) -> None:
    async with foundry(data=str(tmp_path), port=0) as server:
        at = (await server.start()).address.replace("http", "ws")
        with pytest.raises(InvalidStatus) as refused:
            async with connect(f"{at}/ws", additional_headers={"origin": "https://evil.example"}, proxy=None):
                pass
        assert refused.value.response.status_code == 403


async def test_compression_is_not_agreed_on_and_a_frame_that_is_too_large_closes(tmp_path: Path) -> None:
    async with foundry(data=str(tmp_path), port=0) as server:
        at = (await server.start()).address.replace("http", "ws")
        async with connect(f"{at}/ws", proxy=None) as there:
            assert there.response is not None
            assert "sec-websocket-extensions" not in there.response.headers
            await there.send("x" * (64 * 1024 + 1))
            with pytest.raises(ConnectionClosed) as closed:
                await there.recv()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1009


async def test_told_to_stop_it_sends_everybody_away_to_come_back_and_ends_well(tmp_path: Path) -> None:
    async with foundry(data=str(tmp_path), port=0) as server, AsyncExitStack() as stack:
        at = (await server.start()).address
        browser = await stack.enter_async_context(AsyncClient())
        client = ClientConnection(sdk="test")
        client.open(await a_ticket(browser, at), now=0)
        there = await stack.enter_async_context(connect(f"{at.replace('http', 'ws')}/ws", proxy=None))
        await there.send(client.data_to_send()[0].decode())
        await there.recv()
        stopping = asyncio.create_task(server.stop())
        with pytest.raises(ConnectionClosed) as closed:
            await read_on(there, client)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4001
        notices = [event.kind for event in client.events_received() if isinstance(event, Notice)]
        assert notices == ["restarting"]
        assert await stopping == 0


async def read_on(socket_there: WebSocket, client: ClientConnection) -> None:
    while True:
        client.receive(await socket_there.recv(), now=0)


async def a_ticket(browser: AsyncClient, at: str) -> str:
    played = (await browser.post(f"{at}/api/play", json={"scenario": "winter", "role": "SUP"})).json()
    asked = {"table": played["table"], "viewer": played["viewer"]}
    return (await browser.post(f"{at}/api/ticket", json=asked)).json()["ticket"]


def new_link(settings: Settings, warned: list[str] | None = None) -> str:
    said: list[str] = []
    assert link(settings, tell=said.append, warn=pytest.fail if warned is None else warned.append) == 0
    return said[0].rpartition("#")[2]


async def test_a_link_made_beside_a_running_server_works_once(tmp_path: Path) -> None:
    async with running(tmp_path) as house:
        token = new_link(Settings(data=tmp_path))
        first, second = house.guest(), house.guest()
        assert (await first.asks("/api/facilitator", token=token)).status_code == 200
        assert (await second.asks("/api/facilitator", token=token)).status_code == 401


async def test_a_link_made_before_the_start_works_after_it(tmp_path: Path) -> None:
    warned: list[str] = []
    token = await asyncio.to_thread(new_link, Settings(data=tmp_path), warned)
    assert f"waits for the first server to be started there. No server has ever used {tmp_path}: " in warned[0]
    async with running(tmp_path) as house:
        assert (await house.guest().asks("/api/facilitator", token=token)).status_code == 200


async def test_a_link_that_was_left_for_more_than_a_week_is_no_good(tmp_path: Path) -> None:
    async with running(tmp_path) as house:
        token = new_link(Settings(data=tmp_path))
        (file,) = (tmp_path / "desk-links").iterdir()
        long_ago = house.house.clock.now() / 1_000 - 8 * 24 * 60 * 60
        os.utime(file, (long_ago, long_ago))
        assert (await house.guest().asks("/api/facilitator", token=token)).status_code == 401


async def test_a_link_for_postgresql_goes_straight_into_it(tmp_path: Path, database_url: str) -> None:
    settings = Settings(data=tmp_path, database_url=database_url)
    token = await asyncio.to_thread(new_link, settings)
    async with running(tmp_path, database_url=database_url) as house:
        assert (await house.guest().asks("/api/facilitator", token=token)).status_code == 200


def test_no_link_is_made_for_a_postgresql_that_no_server_has_used(empty_database_url: str) -> None:
    said: list[str] = []
    assert link(Settings(database_url=empty_database_url), tell=pytest.fail, warn=said.append) == 1
    assert "No link could be made: No server has ever used postgresql" in said[0]
    assert current(empty_database_url) is None


def test_a_link_that_cannot_be_left_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said: list[str] = []
    assert link(Settings(data=tmp_path / "file"), tell=pytest.fail, warn=said.append) == 1
    assert said[-1].startswith("No link could be made: ")


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("THREEBIRDS_DATA", str(tmp_path))
    monkeypatch.setenv("THREEBIRDS_ALLOWED_ORIGINS", '["https://play.example"]')
    monkeypatch.setenv("DATABASE_URL", "postgresql://host/name")
    settings = Settings()
    assert (settings.data, settings.allowed_origins) == (tmp_path, ("https://play.example",))
    assert settings.database == "postgresql://host/name"


@pytest.mark.parametrize(
    ("platform", "ends"),
    [
        ("win32", Path("AppData/Local/threebirds")),
        ("darwin", Path("Library/Application Support/threebirds")),
        ("linux", Path(".local/share/threebirds")),
    ],
)
def test_data_is_kept_where_the_system_keeps_a_users(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, ends: Path
) -> None:
    for name in ("LOCALAPPDATA", "XDG_DATA_HOME", "THREEBIRDS_DATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", platform)
    assert Settings().data == tmp_path / ends


async def test_a_link_leads_to_the_port_of_the_server_that_last_used_the_folder(tmp_path: Path) -> None:
    said: list[str] = []
    async with foundry(data=str(tmp_path), port=0) as server:
        at = (await server.start()).address
        assert link(Settings(data=tmp_path), tell=said.append) == 0
        assert link(Settings(data=tmp_path, port=9_999), tell=said.append) == 0
    assert [address.partition("/desk#")[0] for address in said] == [at, "http://127.0.0.1:9999"]


async def test_a_desk_is_told_where_others_join(tmp_path: Path) -> None:
    async with running(tmp_path, lan=True, port=8_000) as house:
        told = (await house.guest().get("/api/me"))["join_at"]
    assert told == [f"http://{address}:8000" for address in lan_addresses()]


async def test_a_server_for_one_machine_tells_of_no_other_address(tmp_path: Path) -> None:
    async with running(tmp_path) as house:
        assert (await house.guest().get("/api/me"))["join_at"] == []
