"""Somebody in front of a screen, who finds things by the words on them."""

import re
from collections.abc import Callable
from contextlib import suppress
from re import Pattern

from playwright.async_api import Browser, ConsoleMessage, Locator, Page, WebSocket, expect
from playwright.async_api import TimeoutError as TooLate

LAPTOP, PHONE = (1280, 860), (390, 844)
PATIENCE_MS = 15_000
UNDER_THE_FINGER_MS = 3_000
"""Quick bots move on while somebody reaches for a button: after so long it is looked for anew."""
Size = tuple[int, int]


class Delegate:
    """`faults` collects what the page itself complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        self.socket: WebSocket | None = None
        page.on("websocket", self._connected)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._overhear)
        page.set_default_timeout(PATIENCE_MS)

    @classmethod
    async def at(cls, browser: Browser, address: str, size: Size, *, locale: str = "en-US") -> "Delegate":
        width, height = size
        context = await browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", locale=locale
        )
        delegate = cls(await context.new_page())
        await delegate.page.goto(address)
        return delegate

    @property
    def on_a_phone(self) -> bool:
        size = self.page.viewport_size
        return size is not None and size["width"] < 760

    def button(self, name: str | Pattern[str]) -> Locator:
        return self.page.get_by_role("button", name=name, exact=isinstance(name, str))

    async def press(self, name: str | Pattern[str]) -> None:
        await self.button(name).first.click()

    async def sees(self, words: str | Pattern[str]) -> None:
        await expect(self.page.get_by_text(words).locator("visible=true").first).to_be_visible(timeout=PATIENCE_MS)

    async def goes_to(self, pane: str) -> None:
        """One pane at a time on a phone; on a laptop all of them are there."""
        if self.on_a_phone:
            await self.page.get_by_role("navigation", name="Parts of the table").get_by_text(pane).click()

    async def chooses(self, article: int, wording: str) -> None:
        """Pick a wording in the delegation's draft."""
        await self.goes_to("Treaty")
        heading = self.page.locator(f"#article-{article}").get_by_role("button").first
        if await heading.get_attribute("aria-expanded") != "true":
            await heading.click()
        await self.page.get_by_role("radio", name=re.compile(re.escape(wording))).check()
        done = self.button("Done")
        if self.on_a_phone and await done.is_visible():
            await done.click()

    async def tables(self) -> None:
        await self.goes_to("Treaty")
        await self.press(re.compile(r"^Table as #\d+$"))

    async def says(self, words: str) -> None:
        await self.goes_to("Talks")
        if self.on_a_phone and not await self.page.get_by_label("Write to plenary").is_visible():
            await self.press(re.compile("^Plenary"))
        await self.page.get_by_label("Write to plenary").fill(words)
        await self.page.get_by_label("Write to plenary").press("Enter")

    async def reads(self, number: int) -> None:
        """Open one text on the table."""
        await self.goes_to("Proposals")
        await self.press(f"Read Proposal {number}")

    async def votes(self, text: str, choice: str) -> None:
        await self.press(f"Vote on {text}")
        await self.press(f"Vote {choice} on {text}")
        await self.sees(f"You voted {choice}")

    async def plays_on(self, until: Callable[[], Locator]) -> None:
        """Vote yes where a vote is open, pass otherwise, until what is waited for is there."""
        while not await until().is_visible():
            vote = self.button(re.compile(r"^Vote on #\d+$"))
            passing = self.button("Pass")
            await expect(until().or_(vote).or_(passing).first).to_be_visible(timeout=60_000)
            if await until().is_visible():
                return
            if await vote.is_visible() and not await self.page.get_by_text("you can change it until").is_visible():
                await self._votes_yes(vote)
            elif await passing.is_visible():
                await self._passes(passing)

    async def _passes(self, passing: Locator) -> None:
        """Done when the server has answered: by then the page shows what came of it."""
        assert self.socket is not None
        with suppress(TooLate):  # the phase closed under the finger: look again
            async with self.socket.expect_event("framereceived", _is_reply, timeout=UNDER_THE_FINGER_MS):
                await passing.click(timeout=UNDER_THE_FINGER_MS)

    async def _votes_yes(self, vote: Locator) -> None:
        with suppress(TooLate, AssertionError):  # the count came first: look again
            text = (await vote.inner_text(timeout=UNDER_THE_FINGER_MS)).removeprefix("Vote on ")
            await vote.click(timeout=UNDER_THE_FINGER_MS)
            await self.button(f"Vote yes on {text}").first.click(timeout=UNDER_THE_FINGER_MS)
            await expect(self.page.get_by_text("You voted yes").first).to_be_visible(timeout=UNDER_THE_FINGER_MS)

    def _connected(self, socket: WebSocket) -> None:
        self.socket = socket

    def _overhear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "ERR_CONNECTION_REFUSED" not in message.text:
            self.faults.append(message.text)


def _is_reply(frame: str | bytes) -> bool:
    return '"type":"reply"' in str(frame)
