"""Where bars and lines stand."""

from itertools import pairwise

import pytest

from desk.figures.charts.columns import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Series, chart
from desk.figures.charts.scale import ticks, written

FLOOR = HEIGHT - BOTTOM


@pytest.mark.parametrize("highest", [0, 0.2, 1, 2, 3, 5, 6, 7, 9, 10, 11, 49, 50, 51, 99, 123456])
def test_an_axis_goes_from_nought_to_a_round_number_with_few_steps(highest: float) -> None:
    found = ticks(highest)
    assert found[0] == 0
    assert found[-1] >= highest
    assert found[-1] > 0
    assert 2 <= len(found) <= 6
    assert all(value == int(value) for value in found)
    assert len({b - a for a, b in pairwise(found)}) == 1


def test_bars_are_as_high_as_their_values() -> None:
    drawn = chart("c", "Things", ["a", "b", "c"], [Series("things", "first", [10, 5, 0])])
    assert [bar.title for bar in drawn.bars] == ["a: 10 things", "b: 5 things"]
    high, half = drawn.bars
    assert high.height == pytest.approx(2 * half.height, abs=0.2)
    assert high.y + high.height == pytest.approx(FLOOR, abs=0.2)


def test_parts_of_a_column_stand_on_each_other() -> None:
    parts = [Series("below", "x", [3]), Series("above", "y", [2])]
    below, above = chart("c", "Things", ["a"], parts).bars
    assert below.y == pytest.approx(above.y + above.height, abs=0.2)
    assert (below.look, above.look) == ("x", "y")


@pytest.mark.parametrize("count", [1, 2, 7, 30, 92])
def test_everything_is_inside_of_the_picture(count: int) -> None:
    values = [float(at * 37 % 11) for at in range(count)]
    beside = Series("before", "beside", [value * 3 for value in values])
    names = [str(at) for at in range(count)]
    drawn = chart("c", "Things", names, [Series("t", "first", values)], beside=beside)
    points = [tuple(map(float, point.split(","))) for point in drawn.line.split()]
    assert len(points) == count
    for x, y in points:
        assert LEFT <= x <= WIDTH - RIGHT
        assert TOP - 0.1 <= y <= FLOOR
    for bar in drawn.bars:
        assert bar.x >= LEFT and bar.x + bar.width <= WIDTH - RIGHT + 0.1
    assert len(drawn.across) <= 8


def test_somebody_who_does_not_see_it_is_told_the_highest_and_the_lowest() -> None:
    drawn = chart("c", "Things", ["a", "b"], [Series("t", "first", [1200, 3.5])], unit="%")
    assert drawn.description == (
        "2 columns from a to b. The highest is 1,200% (a), the lowest 3.5% (b)."
    )
    assert chart("c", "Things", ["a"], [Series("t", "first", [0])]).bars == []


def test_numbers_are_written_as_people_read_them() -> None:
    assert [written(value) for value in (0, 3.0, 2.25, 1234567)] == ["0", "3", "2.2", "1,234,567"]
