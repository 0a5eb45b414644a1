"""What one table has to do, written from RULES.md and PROTOCOL.md and sharing no code with the product.

It knows who holds which seat, what each viewer has heard, what was answered under which name, and when a phase closes.
What it cannot foresee (whether a text may be tabled now) it takes from the outcome, and then knows who has to see it.
"""

from dataclasses import dataclass, field

SEATS = ("SUP", "BUY")
OBSERVER = "observer"
VIEWERS = (*(f"seat:{role}" for role in SEATS), OBSERVER)
PLENARY, DELEGATION = "plenary", "delegation"
GRACE_MS = 500
"""PROTOCOL.md, "The clock": a phase closes 500 ms after it is due."""
BOT = "a bot"


@dataclass(frozen=True)
class Given:
    """An accepted action: what was asked under this name, by whom, and the sender's number that was answered."""

    principal: str
    body: str
    n: int | None


@dataclass
class Reference:
    now: int
    holders: dict[str, str | None]
    closes_at: int
    phase: str
    paused_at: int | None = None
    over: bool = False
    ballot: bool = False
    """While a vote is under way its phase stays open until the count."""
    closings: int = 0
    heard: dict[str, list[str]] = field(default_factory=lambda: {viewer: [] for viewer in VIEWERS})
    numbers: dict[str, int] = field(default_factory=dict)
    drafts: dict[str, dict[str, int]] = field(default_factory=lambda: {role: {} for role in SEATS})
    given: dict[str, Given] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)

    @property
    def running(self) -> bool:
        return not self.over and self.paused_at is None

    @property
    def may_draft(self) -> bool:
        """A draft is a seat's own: a pause does not stop it."""
        return not self.over

    def speaks(self, person: str) -> str | None:
        """The seat that this person holds."""
        return next((role for role, holder in self.holders.items() if holder == person), None)

    def answered_before(self, cid: str, principal: str, body: str) -> bool | None:
        """Whether the same is asked again (True), something else under the same name (False), or something new."""
        known = self.given.get(cid)
        return None if known is None else (known.principal, known.body) == (principal, body)

    def sees(self, channel: str, speaker: str) -> set[str]:
        """Talk in the plenary is everybody's, inside a delegation its own."""
        return set(VIEWERS) if channel == PLENARY else {f"seat:{speaker}"}

    def said(self, channel: str, speaker: str, text: str) -> None:
        for viewer in self.sees(channel, speaker):
            self.heard[viewer].append(text)
            self.numbers[viewer] += 1

    def drafted(self, role: str, issue: str, option: int) -> bool:
        """Whether anything changes: a draft that says what stood there makes no event. Option 0 is the status quo."""
        changes = self.drafts[role].get(issue, 0) != option
        self.drafts[role][issue] = option
        self.numbers[f"seat:{role}"] += changes
        return changes

    def pause(self) -> None:
        self.paused_at = self.now

    def resume(self) -> None:
        """Deadlines move by exactly the paused time."""
        assert self.paused_at is not None
        self.closes_at += self.now - self.paused_at
        self.paused_at = None

    def pass_time(self, ms: int) -> bool:
        """Whether the phase has to have closed by now."""
        self.now += ms
        return self.running and not self.ballot and self.now >= self.closes_at + GRACE_MS

    def closed(self, phase: str, closes_at: int | None) -> None:
        """The next phase is open, or the game is over."""
        self.closings += 1
        self.phase, self.over = phase, closes_at is None
        self.closes_at = self.closes_at if closes_at is None else closes_at

    def leaves(self, person: str) -> None:
        role = self.speaks(person)
        if role is not None:
            self.holders[role] = None
        self.left.add(person)
