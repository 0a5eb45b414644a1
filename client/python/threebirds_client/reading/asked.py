"""What somebody asked about, found in the rule set, or a sentence that says what was meant."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from threebirds_rules.names import IssueId, Package, RoleId
from threebirds_rules.nearest import nearest
from threebirds_rules.ruleset import Card, Issue, Role, RuleSet
from threebirds_rules.scoring import package_of

LONGEST_INDEX = 3
"""Digits of an option: what is longer is no option, and would only be slow to read."""


class AskedError(ValueError):
    """A question that cannot be answered; the message says where, what was expected, found, and probably meant."""

    def __init__(self, where: str, *, expected: str, found: str, hint: str | None = None) -> None:
        meant = f"; did you mean {hint}?" if hint else ""
        super().__init__(f"{where}: expected {expected}, found {repr(found) if found else 'nothing'}{meant}")


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Named = TypeVar("Named", bound=_Named)


def package_asked(rules: RuleSet, text: str) -> Package:
    """The package of a text such as `frame=2,seat=1`; what it leaves out stays at the status quo."""
    chosen: dict[IssueId, int] = {}
    at = 0
    for part in text.split(",") if text.strip() else ():
        issue, option = _choice(rules, part, at)
        if issue in chosen:
            raise AskedError(_place(part, at), expected="every issue once", found=issue)
        chosen[issue] = option
        at += len(part) + 1
    return package_of(rules, chosen)


def _choice(rules: RuleSet, part: str, at: int) -> tuple[IssueId, int]:
    name, equals, option = part.partition("=")
    if not equals:
        raise AskedError(_place(part, at), expected="an issue and its option, such as frame=2", found=part.strip())
    known = {issue.id: issue for issue in rules.issues}
    issue = known.get(IssueId(name.strip()))
    if issue is None:
        hint = nearest(name.strip(), known)
        expected = "the name of an issue" if hint else f"one of the issues {', '.join(known)}"
        raise AskedError(_place(part, at), expected=expected, found=name.strip(), hint=hint)
    return issue.id, _option(issue, option, at + len(name) + 1)


def _option(issue: Issue, text: str, at: int) -> int:
    words = text.strip()
    if words.isascii() and words.isdigit() and len(words) <= LONGEST_INDEX and int(words) < len(issue.options):
        return int(words)
    options = "; ".join(f"{index} {option.label}" for index, option in enumerate(issue.options))
    raise AskedError(_place(text, at), expected=f"an option of {issue.id} ({options})", found=words)


def _place(part: str, at: int) -> str:
    return f"--package, character {at + len(part) - len(part.lstrip()) + 1}"


def cards_asked(rules: RuleSet, text: str) -> tuple[Card, ...]:
    """The cards of a text such as `E1,E2`, in its order."""
    names = [name.strip() for name in text.split(",")] if text.strip() else []
    found = tuple(one_of(rules.cards, name, "--cards", "card") for name in names)
    for at, name in enumerate(names):
        if name in names[:at]:
            raise AskedError("--cards", expected="every card once", found=name)
    return found


def one_of(among: Sequence[Named], name: str, where: str, kind: str) -> Named:
    """The one of this id; raises AskedError. `kind` is what all of them are, such as "track"."""
    known = {one.id: one for one in among}
    if not known:
        raise AskedError(where, expected=f"nothing, as this rule set has no {kind}", found=name)
    if name not in known:
        hint = nearest(name, known)
        listed = f"the id of a {kind}" if hint else f"one of {', '.join(known)}"
        raise AskedError(where, expected=listed, found=name, hint=hint)
    return known[name]


def role_asked(rules: RuleSet, text: str) -> Role:
    """A role by its id, its name, or a beginning of one of them that fits no other role, in letters of any case."""
    words = text.strip().casefold()
    named = {role.id: _calls(role) for role in rules.roles}
    exact = [role for role in rules.roles if words in named[role.id]]
    begun = [role for role in rules.roles if words and any(call.startswith(words) for call in named[role.id])]
    found = exact or begun
    if len(found) == 1:
        return found[0]
    if found:
        raise AskedError("--role", expected=f"one role, not {_listed(found)}", found=text)
    hint = _nearest_role(words, rules.roles, named)
    raise AskedError("--role", expected="the id or name of a role", found=text, hint=hint or _listed(rules.roles))


def _calls(role: Role) -> tuple[str, ...]:
    return role.id.casefold(), role.name.casefold()


def _nearest_role(words: str, roles: Iterable[Role], named: Mapping[RoleId, Sequence[str]]) -> str | None:
    close = nearest(words, (call for calls in named.values() for call in calls))
    return next((f"{role.name} ({role.id})" for role in roles if close in named[role.id]), None)


def _listed(roles: Sequence[Role]) -> str:
    *first, last = (f"{role.name} ({role.id})" for role in roles)
    return f"{', '.join(first)} or {last}"
