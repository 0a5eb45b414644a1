"""A newcomer plays the negotiation of 2010 against bots, from the front page to the end."""

import re

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.delegate import LAPTOP, PHONE, Delegate, Size
from tests.support.serving import ServerProcess

pytestmark = pytest.mark.timeout(300)


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
@pytest.mark.parametrize("role", ["Russia", "Poland"])
async def test_a_game_alone_against_bots_is_played_to_its_end(
    browser: Browser, server: ServerProcess, role: str, size: Size
) -> None:
    me = await Delegate.at(browser, server.address, size)
    await me.page.get_by_label("Scenario").select_option("european-security-treaty")
    await me.page.get_by_text(role, exact=True).first.click()
    await me.press(f"Sit down as {role}")
    await me.sees("Round 1 of 6")
    await me.chooses(4, "Paired steps with yearly review")
    await me.chooses(10, "Joint counter-terror centre and transit")
    await me.goes_to("Mandate")
    await me.sees("adds up exactly")
    await me.says("Good morning from the newcomer.")
    await me.sees("Good morning from the newcomer.")
    await me.goes_to("Treaty")
    await me.plays_on(lambda: me.page.get_by_role("button", name=re.compile("^Table as #"), disabled=False))
    await me.tables()
    over = me.page.get_by_role("heading", name=re.compile(r"^(#\d+ is adopted|No agreement)$"))
    await me.plays_on(lambda: over)
    await me.sees("What became of it")
    rows = me.page.get_by_role("region", name="Every delegation's result").get_by_role("row")
    await expect(rows).to_have_count(8)
    assert me.faults == []
