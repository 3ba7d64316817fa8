"""The charts of the figures page: which of the counts are drawn."""

from desk.figures.charts.columns import Chart, Series, chart
from desk.figures.counting import Daily
from desk.figures.period import Period
from desk.figures.tables import TOLD


def charts(daily: Daily, period: Period) -> list[Chart]:
    """Conversations, unanswered turns, levels and thumbs, by day or week."""
    columns, before = period.columns(), period.previous.columns()
    names = [f"{column.first.day} {column.first:%b}" for column in columns]
    each = "day" if columns[0].days == 1 else "week"
    totals = [daily.total(column) for column in columns]
    earlier = [float(daily.total(column).conversations) for column in before]
    return [
        chart(
            "conversations",
            f"Conversations each {each}",
            names,
            [Series("conversations", "first", [one.conversations for one in totals])],
            beside=Series(f"the {period.days} days before", "beside", earlier),
        ),
        chart(
            "fallbacks",
            f"Share of turns with “I do not know”, each {each}",
            names,
            [
                Series(
                    "of turns",
                    "second",
                    [100 * one.fallbacks / one.turns if one.turns else 0 for one in totals],
                )
            ],
            unit="%",
        ),
        chart(
            "levels",
            f"Conversations in which somebody was told to get help, each {each}",
            names,
            [
                Series(
                    level.word,
                    level.word,
                    [daily.total(column, level).conversations for column in columns],
                )
                for level in TOLD
            ],
        ),
        chart(
            "thumbs",
            f"Thumbs each {each}",
            names,
            [
                Series("up", "good", [one.liked for one in totals]),
                Series("down", "bad", [one.disliked for one in totals]),
            ],
        ),
    ]
