"""Which days an address asks for."""

from datetime import UTC, date, datetime, timedelta

import pytest

from desk.figures.period import BACKWARDS, NO_DATE, TOO_LONG, NoPeriod, Period, asked_for

TODAY = date(2026, 5, 10)


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ({}, date(2026, 4, 11), TODAY),
        ({"days": "7"}, date(2026, 5, 4), TODAY),
        ({"days": "1"}, TODAY, TODAY),
        ({"from": "2026-01-01", "to": "2026-01-31"}, date(2026, 1, 1), date(2026, 1, 31)),
        ({"from": "2026-05-01"}, date(2026, 5, 1), TODAY),
        ({"to": "2026-03-30"}, date(2026, 3, 1), date(2026, 3, 30)),
        ({"from": "", "to": "", "days": ""}, date(2026, 4, 11), TODAY),
        ({"from": "2027-01-01", "to": "2027-01-02"}, date(2027, 1, 1), date(2027, 1, 2)),
    ],
)
def test_an_address_names_days(query: dict[str, str], first: date, last: date) -> None:
    assert asked_for(query, TODAY) == Period(first, last)


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ({"from": "yesterday"}, NO_DATE),
        ({"to": "2026-02-30"}, NO_DATE),
        ({"from": "0001-01-01", "to": "0001-01-05"}, NO_DATE),
        ({"from": "9999-12-30", "to": "9999-12-31"}, NO_DATE),
        ({"from": "2026-05-02", "to": "2026-05-01"}, BACKWARDS),
        ({"from": "2020-01-01", "to": "2026-05-01"}, TOO_LONG),
        ({"days": "0"}, TOO_LONG),
        ({"days": "-3"}, TOO_LONG),
        ({"days": "9" * 400}, TOO_LONG),
        ({"days": "٣"}, TOO_LONG),
    ],
)
def test_what_names_no_days_is_told(query: dict[str, str], wrong: str) -> None:
    with pytest.raises(NoPeriod) as raised:
        asked_for(query, TODAY)
    assert str(raised.value) == wrong


def test_the_period_before_is_as_long_and_ends_where_it_begins() -> None:
    period = Period(date(2026, 3, 1), date(2026, 3, 31))
    assert period.previous == Period(date(2026, 1, 29), date(2026, 2, 28))
    assert period.previous.end == period.begin == datetime(2026, 3, 1, tzinfo=UTC)
    assert period.end == datetime(2026, 4, 1, tzinfo=UTC)


@pytest.mark.parametrize("days", [1, 7, 92, 93, 100, 366])
def test_columns_have_every_day_once(days: int) -> None:
    period = Period(TODAY - timedelta(days=days - 1), TODAY)
    columns = period.columns()
    assert [day for column in columns for day in column] == list(period)
    assert len(columns) <= 92
    assert columns[0].days == (1 if days <= 92 else 7)
