"""What the conceder says beside its moves, in the language of its table where it knows that one."""

from collections.abc import Mapping
from typing import NamedTuple

from threebirds_rules.views.shapes import View


class Phrases(NamedTuple):
    """`costs` is said of an article by its title."""

    costs: str
    nearer: str
    with_changes: str
    could_sign: str
    between: str

    def costs_too_much(self, title: str) -> str:
        return self.costs.replace("{title}", title)


ENGLISH = Phrases(
    costs="“{title}” as it stands costs us more than the rest gives us.",
    nearer="Nearer to what was said.",
    with_changes="With these changes we could sign.",
    could_sign="A text that we could sign.",
    between="A text between all that was said.",
)
PHRASES: Mapping[str, Phrases] = {
    "ru": Phrases(
        costs="Статья «{title}» в этом виде обходится нам дороже, чем даёт всё остальное.",
        nearer="Ближе к тому, что было сказано.",
        with_changes="Если это изменить, мы могли бы подписать.",
        could_sign="Текст, который мы могли бы подписать.",
        between="Текст посередине между всем, что было сказано.",
    ),
}


def phrases(view: View) -> Phrases:
    return PHRASES.get(view.treaty.language.split("-")[0], ENGLISH)
