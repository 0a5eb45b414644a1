"""A report in words: the table of scores, and each role's account of a text."""

from collections.abc import Iterable, Iterator
from textwrap import shorten

from threebirds_client.reading.layout import cited, heading, plain, pointed, signed, small_heading, wrapped
from threebirds_client.reading.report import BodyScore, Report, RoleScore
from threebirds_rules.names import RoleId
from threebirds_rules.ruleset import Issue, RuleSet
from threebirds_rules.scoring import Line

NAME_WIDTH = 38


def told_scores(rules: RuleSet, report: Report) -> Iterator[str]:
    """The text in a few words, the table, the bodies, and why every role has the score that it has."""
    yield from _opening(rules, report)
    yield from _changes(rules, report)
    yield from _table(report)
    yield from _bodies(rules, report)
    for one in report.roles:
        yield from _account(rules, one)


def told_text(rules: RuleSet, report: Report, role: RoleId | None) -> Iterator[str]:
    """The text's articles in full, what they move, whose consent they need, and the account of `role` or of all."""
    yield from _opening(rules, report)
    yield from _articles(rules, report)
    yield from _gauges(rules, report)
    yield from _bodies(rules, report)
    for one in report.roles:
        if role in (None, one.role):
            yield from _account(rules, one)
            yield from _aspects(rules, one)


def _opening(rules: RuleSet, report: Report) -> Iterator[str]:
    yield from heading(f"{rules.title} (the world as of {rules.date_stamp})")
    titles = {card.id: card.title for card in rules.cards}
    if report.cards:
        yield ""
        yield from wrapped(f"After: {', '.join(titles[card] for card in report.cards)}.", indent="  ")
    if report.path is not None:
        yield ""
        yield from wrapped(f"The text takes the road: {report.path}.")


def _changes(rules: RuleSet, report: Report) -> Iterator[str]:
    changed = [issue for issue in rules.issues if report.package[issue.id]]
    yield ""
    if not changed:
        yield "The text leaves everything as it is."
        return
    yield "The text" if len(changed) == len(rules.issues) else "The text (what it does not name stays as it is)"
    for issue in changed:
        yield from wrapped(_choice(issue, report), first="  ", indent="      ")


def _choice(issue: Issue, report: Report) -> str:
    option = report.package[issue.id]
    return f"{issue.title}: {issue.options[option].label} ({issue.id}={option})"


def _articles(rules: RuleSet, report: Report) -> Iterator[str]:
    for number, issue in enumerate(rules.issues, start=1):
        chosen = report.package[issue.id]
        if chosen:
            yield ""
            yield from wrapped(f"{number}. {cited(_choice(issue, report), issue.paragraphs)}", indent="   ")
            yield from wrapped(issue.options[chosen].article, first="   ", indent="   ")
    kept = ", ".join(issue.title for issue in rules.issues if not report.package[issue.id])
    if kept:
        yield ""
        yield from wrapped(f"As it is stays: {kept}.")


def _gauges(rules: RuleSet, report: Report) -> Iterator[str]:
    moved = [gauge for gauge in rules.gauges if report.gauges[gauge.id] != gauge.start]
    if moved:
        yield ""
        yield "What it moves"
    for gauge in moved:
        start = "" if gauge.formula else f" (at the start {plain(gauge.start)})"
        yield from wrapped(f"{gauge.name}{start}", first=f"{plain(report.gauges[gauge.id]):>6}  ", indent=" " * 8)


def _table(report: Report) -> Iterator[str]:
    width = min(NAME_WIDTH, max(len(_name(one)) for one in report.roles))
    yield ""
    yield f"{'':{width}}  score  walk-away  needed  surplus"
    for one in report.roles:
        name = shorten(_name(one), width, placeholder="...")
        numbers = f"{plain(one.score):>5}  {plain(one.walk_away):>9}  {plain(one.needed):>6}  {signed(one.surplus):>7}"
        yield f"{name:{width}}  {numbers}  {'gains' if one.gains else 'refuses'}"


def _name(one: RoleScore) -> str:
    return f"{one.name} (optional)" if one.optional else one.name


def _bodies(rules: RuleSet, report: Report) -> Iterator[str]:
    names = {role.id: role.name for role in rules.roles}
    yield ""
    yield "Whose consent it needs"
    for body in report.bodies:
        yield from wrapped(
            f"{body.name}: {_stand(body, [names[role] for role in body.short])}.", first="  ", indent="    "
        )


def _stand(body: BodyScore, short: Iterable[str]) -> str:
    missing = ", ".join(short)
    if missing:
        return f"too little for {missing}"
    return "enough for its member" if len(body.members) == 1 else "enough for every member"


def _account(rules: RuleSet, one: RoleScore) -> Iterator[str]:
    yield from small_heading(_name(one))
    yield from wrapped(_verdict(one))
    for line in one.explanation.lines:
        yield from pointed(line.points, cited(_reason(rules, line), line.paragraphs))
    if not one.explanation.lines:
        yield "        Nothing in it touches this role."
    yield " " * 2 + "-" * 4
    yield f"{signed(one.score):>6}  in all"


def _verdict(one: RoleScore) -> str:
    needed = f", needs {plain(one.needed)} to sign" if one.needed != one.walk_away else ""
    side = f"{abs(one.surplus)} {'above' if one.surplus >= 0 else 'below'} walking away"
    return f"Score {plain(one.score)}, walk-away {plain(one.walk_away)}{needed}: {side}."


def _reason(rules: RuleSet, line: Line) -> str:
    if line.kind != "issue":
        return line.text
    title = next(issue.title for issue in rules.issues if issue.id == line.ref)
    return f"{title}: {line.text}"


def _aspects(rules: RuleSet, one: RoleScore) -> Iterator[str]:
    """Only of a rule set whose points have aspects."""
    names = {aspect.id: aspect.name for aspect in rules.aspects}
    parts = [f"{names[aspect]} {signed(points)}" for aspect, points in one.explanation.by_aspect.items()]
    if len(parts) > 1:
        yield from wrapped(f"By aspect: {', '.join(parts)}.", first=" " * 8, indent=" " * 8)
