"""Two people on one network, a laptop and a phone, negotiate a text; the server is killed between two words."""

import re

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.delegate import LAPTOP, PHONE, Delegate
from tests.support.serving import ServerProcess

pytestmark = pytest.mark.timeout(240)

CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")
OFFLINE = "Are you still there?"


async def opens_a_table(teacher: Delegate) -> str:
    """The join code of a new table."""
    await teacher.page.get_by_label("Scenario").select_option("winter")
    await teacher.press("Create the table")
    await teacher.sees(CODE)
    found = CODE.search(await teacher.page.inner_text("main"))
    assert found is not None
    return found.group()


async def joins(delegate: Delegate, code: str, name: str, role: str) -> None:
    assert await delegate.page.evaluate("window.isSecureContext") is False
    await delegate.page.get_by_label("Code").fill(code)
    await delegate.page.get_by_label("Name the table will see").fill(name)
    await delegate.press("Join the table")
    await delegate.press(f"Sit down as {role}")
    await delegate.sees("The table is not open yet")


async def negotiate(anna: Delegate, ben: Delegate) -> None:
    """Anna tables a text, Ben amends it, Anna's page is reloaded before she accepts."""
    await anna.sees("Round 1 of 2")
    await anna.chooses(2, "Monitors and guaranteed flows")
    await anna.chooses(3, "Mutual stakes")
    await anna.tables()

    await ben.reads(1)
    await ben.sees("Monitors and guaranteed flows")
    await ben.press("Copy #1 into my draft")
    await ben.chooses(1, "Partly at the market")
    await ben.press("Amend #1 with it")

    await anna.page.reload()
    await anna.reads(1)
    await anna.press(re.compile("^Accept Buyers"))
    await anna.sees("version 2")


async def sign(anna: Delegate, ben: Delegate) -> None:
    await anna.press("Call the vote on #1")
    for delegate in (ben, anna):
        await delegate.votes("#1", "yes")
    for delegate in (anna, ben):
        await expect(delegate.page.get_by_role("heading", name="#1 is adopted")).to_be_visible(timeout=20_000)
        await delegate.sees("Something to lose")


async def test_two_people_join_by_code_amend_and_sign_across_a_crash(
    browser: Browser, server: ServerProcess, classroom: str
) -> None:
    teacher = await Delegate.at(browser, f"{classroom}{server.desk}", LAPTOP)
    code = await opens_a_table(teacher)
    anna = await Delegate.at(browser, f"{classroom}/join", LAPTOP)
    ben = await Delegate.at(browser, f"{classroom}/join", PHONE)
    await joins(anna, code, "Anna", "Supplier")
    await joins(ben, code.replace("-", "").lower(), "Ben", "Buyers")
    await teacher.press("Start the table")
    await negotiate(anna, ben)

    server.kill()
    await ben.says(OFFLINE)
    await ben.sees("waiting to be sent")
    server.start()
    await expect(ben.page.get_by_text("waiting to be sent")).to_have_count(0, timeout=30_000)
    await anna.sees(OFFLINE)
    await expect(anna.page.get_by_role("log").get_by_text(OFFLINE)).to_have_count(1)

    await sign(anna, ben)
    assert anna.faults == ben.faults == teacher.faults == []
