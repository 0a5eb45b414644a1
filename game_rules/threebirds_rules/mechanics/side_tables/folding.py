"""Initials and initialled articles in the state."""

from msgspec.structs import replace

from threebirds_rules.mechanics.progress import Progress
from threebirds_rules.mechanics.side_tables.shapes import (
    ArticleInitialled,
    Initial,
    InitialBroken,
    InitialledArticle,
    InitialPut,
    SideTableFact,
)


def folded(progress: Progress, event: SideTableFact) -> Progress:
    match event:
        case InitialPut():
            return _put(progress, event)
        case ArticleInitialled():
            return _initialled(progress, event)
        case _:
            return _broken(progress, event)


def _put(progress: Progress, event: InitialPut) -> Progress:
    place = (event.table, event.issue, event.role)
    waiting = tuple(one for one in progress.side_tables.waiting if (one.table, one.issue, one.role) != place)
    if event.option is not None:
        new = Initial(table=event.table, role=event.role, round=event.round, issue=event.issue, option=event.option)
        waiting = (*waiting, new)
    return replace(progress, side_tables=replace(progress.side_tables, waiting=waiting))


def _initialled(progress: Progress, event: ArticleInitialled) -> Progress:
    """An agreed article, in place of what the same parties had agreed on before."""
    place = (event.table, event.issue)
    before = progress.side_tables
    article = InitialledArticle(
        initial=event.initial,
        table=event.table,
        round=event.round,
        issue=event.issue,
        option=event.option,
        parties=event.parties,
    )
    after = replace(
        before,
        waiting=tuple(one for one in before.waiting if (one.table, one.issue) != place),
        articles=(*(_replaced(one, place) for one in before.articles), article),
    )
    return replace(progress, side_tables=after, agreed_in=event.round)


def _replaced(article: InitialledArticle, place: tuple[str, str]) -> InitialledArticle:
    same = (article.table, article.issue) == place and article.standing == "standing"
    return replace(article, standing="replaced") if same else article


def _broken(progress: Progress, event: InitialBroken) -> Progress:
    articles = tuple(
        replace(one, standing="broken", broken_by=event.role, proposal=event.proposal)
        if one.initial == event.initial
        else one
        for one in progress.side_tables.articles
    )
    return replace(progress, side_tables=replace(progress.side_tables, articles=articles))
