"""Local search: it finds summits, also behind a dip, and stops when it is told to."""

from threebirds_client.strategies.climbing import Climber, neighbours
from threebirds_rules.names import Package

SIZES = (3, 3, 3)


def total(package: Package) -> float:
    return sum(package)


def test_the_neighbours_differ_in_one_article() -> None:
    assert list(neighbours((0, 1), (2, 3))) == [(1, 1), (0, 0), (0, 2)]


def test_article_by_article_it_reaches_the_top() -> None:
    assert Climber(SIZES, total).best_from([(0, 0, 0)]) == (2, 2, 2)


def test_two_articles_are_changed_at_once_where_one_alone_does_harm() -> None:
    def worth(package: Package) -> float:
        heights: dict[Package, float] = {(0, 0, 0): 1.0, (1, 1, 0): 2.0}
        return heights.get(package, 0.0)

    assert Climber(SIZES, worth).best_from([(0, 0, 0)]) == (1, 1, 0)


def test_the_highest_of_several_summits_is_taken() -> None:
    def worth(package: Package) -> float:
        heights: dict[Package, float] = {(0, 0, 0): 3.0, (2, 2, 2): 5.0}
        return heights.get(package, 0.0)

    assert Climber(SIZES, worth).best_from([(0, 0, 0), (2, 2, 2)]) == (2, 2, 2)


def test_it_stays_where_nothing_is_better() -> None:
    assert Climber(SIZES, lambda _: 0.0).best_from([(1, 0, 2)]) == (1, 0, 2)


def test_it_judges_no_more_packages_than_it_may() -> None:
    judged: list[Package] = []

    def worth(package: Package) -> float:
        judged.append(package)
        return sum(package)

    sizes = (8,) * 24
    Climber(sizes, worth, evaluations=100).best_from([(0,) * 24])
    assert len(judged) <= 100 + len(list(neighbours((0,) * 24, sizes)))
