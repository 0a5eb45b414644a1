"""Checks that look at several parts of a document at once; each is made only if its sections are sound."""

from collections.abc import Callable, Sequence

from threebirds_rules.loading.document import BodyPart, Document, EndingPart
from threebirds_rules.loading.known import Known
from threebirds_rules.loading.mechanics import MechanicsPart
from threebirds_rules.loading.problems import Path, Problems
from threebirds_rules.loading.reach import Reaches
from threebirds_rules.loading.variants import check_variants
from threebirds_rules.loading.vocabulary import MAX_GAUGE
from threebirds_rules.loading.wordings_in import check_role_names, check_translations
from threebirds_rules.mechanics.asked import MECHANIC_OF


def check_whole(document: Document, known: Known, problems: Problems) -> None:
    """All the checks whose sections are there and have no problems of their own."""
    checks = _Checks(document, known, problems)
    spoilt = frozenset(problems.sections)
    needs: tuple[tuple[Callable[[], None], tuple[str, ...]], ...] = (
        (checks.one_chair, ("roles",)),
        (checks.callers_are_there, ("roles", "schedule")),
        (checks.powers_have_a_chair, ("roles", "mechanics")),
        (checks.phases_once, ("schedule",)),
        (checks.actions_of_mechanics, ("schedule", "mechanics")),
        (checks.seating_once, ("fill_order",)),
        (checks.members_vote, ("roles", "groups", "bodies")),
        (checks.gauges_stay_small, ("gauges", "issues")),
        (checks.readings_agree, ("switches",)),
        (checks.variants_fit, ("schedule", "minutes", "variants")),
        (checks.tags_for_adopted, ("endings",)),
        (checks.endings_for_all, ("endings", "cards", "mechanics")),
        (checks.translations_alike, ("language", "issues", "mechanics", "sources", "translations")),
        (checks.roles_apart, ("roles", "names", "translations")),
    )
    for check, sections in needs:
        if all(hasattr(document, section) and section not in spoilt for section in sections):
            check()


class _Checks:
    def __init__(self, document: Document, known: Known, problems: Problems) -> None:
        self._document = document
        self._known = known
        self._problems = problems

    def one_chair(self) -> None:
        chairs = [at for at, role in enumerate(self._document.roles) if role.chair]
        for at in chairs[1:]:
            self._problems.add(("roles", at, "chair"), found=True, expected="at most one role in the chair")

    def translations_alike(self) -> None:
        check_translations(self._document, self._known, self._problems)

    def roles_apart(self) -> None:
        check_role_names(self._document, self._problems)

    def callers_are_there(self) -> None:
        callers = self._document.schedule.voting.callers
        if "chair" in callers and not any(role.chair for role in self._document.roles):
            path = ("schedule", "voting", "callers", callers.index("chair"))
            self._problems.add(path, found="chair", expected="a caller who is there (no role is in the chair)")

    def powers_have_a_chair(self) -> None:
        if self._document.mechanics.chair is not None and not any(role.chair for role in self._document.roles):
            expected = "a role in the chair, for the mechanic of that name"
            self._problems.add(("mechanics", "chair"), found="none", expected=expected)

    def phases_once(self) -> None:
        schedule = self._document.schedule
        names = [phase.id for phase in schedule.phases]
        self._once(names, "phase", lambda at: ("schedule", "phases", at, "id"))
        after = schedule.implementation
        if after is not None and after.id in names:
            self._problems.add(("schedule", "implementation", "id"), found=after.id, expected="every phase once")

    def actions_of_mechanics(self) -> None:
        schedule = self._document.schedule
        for at, phase in enumerate(schedule.phases):
            if phase.mechanic is None or _is_on(self._document.mechanics, phase.mechanic):  # else left out as a whole
                self._actions_are_on(phase.actions, ("schedule", "phases", at, "actions"))
        if schedule.implementation is not None:
            self._actions_are_on(schedule.implementation.actions, ("schedule", "implementation", "actions"))

    def _actions_are_on(self, actions: Sequence[str], path: Path) -> None:
        for place, action in enumerate(actions):
            mechanic = MECHANIC_OF.get(action)
            if mechanic is not None and not _is_on(self._document.mechanics, mechanic):
                expected = f"an action that is on (this one is of {mechanic})"
                self._problems.add((*path, place), found=action, expected=expected)

    def seating_once(self) -> None:
        self._once(self._document.fill_order, "role", lambda at: ("fill_order", at))

    def _once(self, names: Sequence[str], kind: str, path: Callable[[int], Path]) -> None:
        for at, name in enumerate(names):
            if name in names[:at]:
                self._problems.add(path(at), found=name, expected=f"every {kind} once")

    def members_vote(self) -> None:
        voters = {role.id for role in self._document.roles if role.vote}
        for at, body in enumerate(self._document.bodies):
            members = set(self._known.expanded(body.members))
            for silent in sorted(members - voters):
                self._problems.add(("bodies", at, "members"), found=silent, expected="members that have a vote")
            for place, word in enumerate(body.vetoes):
                if not members.issuperset(self._known.members(word)):
                    self._problems.add(("bodies", at, "vetoes", place), found=word, expected="members of the body")
            if body.quorum > len(members):
                expected = f"at most {len(members)}, the number of its members"
                self._problems.add(("bodies", at, "quorum"), found=body.quorum, expected=expected)
            if body.weights:
                self._weights_fit(at, body, members)

    def _weights_fit(self, at: int, body: BodyPart, members: set[str]) -> None:
        for role in body.weights:
            if role not in members:
                self._problems.add(("bodies", at, "weights", role), found=role, expected="a member of the body")
        missing = sorted(members - body.weights.keys())
        if missing:
            expected = f"a weight for every member ({', '.join(missing)} not given)"
            self._problems.add(("bodies", at, "weights"), found=None, expected=expected)
        total = sum(weight for role, weight in body.weights.items() if role in members)
        if body.threshold > total:
            expected = f"at most {total}, the weight of all its members"
            self._problems.add(("bodies", at, "threshold"), found=body.threshold, expected=expected)

    def gauges_stay_small(self) -> None:
        reaches = Reaches(self._document.gauges, self._document.issues)
        for at, gauge in enumerate(self._document.gauges):
            reach = reaches.of(gauge.id)
            if reach is None:
                path = ("gauges", at, "formula")
                self._problems.add(path, found=gauge.id, expected="a formula that does not lead into a circle")
            elif max(map(abs, reach)) > MAX_GAUGE:
                found = "values from {:,} to {:,}".format(*reach)
                self._problems.add(("gauges", at), found=found, expected=f"values within {MAX_GAUGE:,} of 0")

    def readings_agree(self) -> None:
        on = {switch.id for switch in self._document.switches if switch.on}
        for at, switch in enumerate(self._document.switches):
            for place, other in enumerate(switch.excludes):
                if other == switch.id or on.issuperset({other, switch.id}):
                    expected = "another switch, which is not on together with this one"
                    self._problems.add(("switches", at, "excludes", place), found=other, expected=expected)

    def variants_fit(self) -> None:
        check_variants(self._document, self._known.hints, self._problems)

    def tags_for_adopted(self) -> None:
        for at, ending in enumerate(self._document.endings):
            if ending.tag is not None and ending.adopted is False:
                expected = "no tag (it says to which adopted texts the ending is near)"
                self._problems.add(("endings", at, "tag"), found=ending.tag, expected=expected)

    def endings_for_all(self) -> None:
        """Whatever happens has an ending, with the mechanics that are on."""
        on = self._document.mechanics
        sure = [one for one in self._document.endings if one.happened is None]
        played = [one for one in sure if one.mechanic is None or _is_on(on, one.mechanic)]
        adopted = [one for one in played if one.adopted is not False]
        if not any(one.tag is not None or (one.when is None and one.objective_cards is None) for one in adopted):
            expected = "an ending for every adopted text: one with a tag, or without conditions"
            self._problems.add(("endings",), found="none", expected=expected)
        failed = [one for one in played if one.adopted is not True and one.when is None]
        for count in range(len(self._document.cards) + 1):
            if not any(_counts(one, count) for one in failed):
                expected = f"an ending without `when` for no agreement and {count} objective cards"
                self._problems.add(("endings",), found="none", expected=expected)
                return


def _is_on(mechanics: MechanicsPart, name: str) -> bool:
    return getattr(mechanics, name) is not None


def _counts(ending: EndingPart, cards: int) -> bool:
    allowed = ending.objective_cards
    return allowed is None or allowed.at_least <= cards <= allowed.at_most
