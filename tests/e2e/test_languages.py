"""The pages and a game in the language of the browser, and in another one that somebody chooses."""

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.delegate import LAPTOP, PHONE, Delegate, Size
from tests.support.serving import ServerProcess

pytestmark = pytest.mark.timeout(120)


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
async def test_a_russian_browser_is_met_in_russian(browser: Browser, server: ServerProcess, size: Size) -> None:
    me = await Delegate.at(browser, server.address, size, locale="ru-RU")
    await me.sees("Играть сейчас")
    await me.press("Занять место: Поставщик")
    await me.sees("Раунд 1 из 2")
    await me.sees("Цена газа по-прежнему следует за ценой нефти.")
    await expect(me.page.locator("html")).to_have_attribute("lang", "ru")
    assert me.faults == []


async def test_the_language_that_somebody_chooses_is_kept(browser: Browser, server: ServerProcess) -> None:
    me = await Delegate.at(browser, server.address, LAPTOP)
    await me.page.get_by_label("Language").select_option("Русский")
    await me.sees("Играть сейчас")
    await expect(me.page.get_by_label("Сценарий").first).to_contain_text("Зима: мест 2, около 10 мин")
    await me.page.reload()
    await me.sees("Играть сейчас")
    assert me.faults == []


async def test_a_facilitator_opens_a_table_in_russian_with_invented_names(
    browser: Browser, server: ServerProcess
) -> None:
    teacher = await Delegate.at(browser, f"{server.address}{server.desk}", LAPTOP)
    await teacher.page.get_by_label("Language of the texts").select_option("ru")
    await teacher.page.get_by_label("Names of countries and alliances").select_option("invented")
    await teacher.press("Create the table")
    await expect(teacher.page.get_by_role("rowheader", name="Поставщик").first).to_be_visible()
    assert teacher.faults == []
