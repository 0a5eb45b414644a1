"""What is logged, even at the chattiest: nothing that anybody wrote, is called, or could come in with."""

import io
from pathlib import Path

from tests.support.bots import Failing
from tests.support.houses import running, seated_table
from threebirds_server.logs import set_up_logs


async def test_no_talk_no_name_and_no_token_is_logged_even_where_something_fails(tmp_path: Path) -> None:
    lines = io.StringIO()
    set_up_logs("debug", lines)
    async with running(tmp_path, bot=Failing()) as house:
        table, (guest,) = await seated_table(house, "winter", ["SUP"])
        desk = await guest.at_table(table, "seat:SUP")
        await desk.does("say", channel="plenary", text="Between four walls.")
        await desk.act("say", action={"channel": "plenary", "text": "Badly put", "colour": "red"})
        await guest.asks("/api/session", token="a-secret-token")
        while not desk.view["seats"][1]["passed"]:
            await desk.read_until("event")
    logged = lines.getvalue()
    assert "strategy_failed" in logged
    assert "RuntimeError" in logged
    secrets = ("four walls", "Badly put", "SUP one", "a-secret-token", guest.http.cookies["threebirds"], "token1")
    assert [secret for secret in secrets if secret in logged] == []
