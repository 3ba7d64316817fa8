"""The laboratory's figures, on cases that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from lab.understanding.metrics import (
    auroc,
    bar_at,
    best_temperature,
    bootstrap,
    calibration_error,
    curve,
    rejection,
    tempered,
    wrong_at,
)
from lab.understanding.scores import share


def test_who_is_right_as_often_as_he_claims_is_calibrated() -> None:
    claimed = np.array([0.75] * 4 + [0.25] * 4)
    right = np.array([1, 1, 1, 0, 1, 0, 0, 0], dtype=float)
    assert calibration_error(claimed, right) == pytest.approx(0.0)


def test_the_calibration_error_is_the_mean_gap_weighted_by_messages() -> None:
    claimed = np.array([0.95, 0.95, 0.95, 0.15])
    right = np.array([1, 0, 0, 0], dtype=float)
    assert calibration_error(claimed, right) == pytest.approx(0.75 * (0.95 - 1 / 3) + 0.25 * 0.15)


def test_full_confidence_has_a_bin() -> None:
    assert calibration_error(np.array([1.0]), np.array([1.0])) == pytest.approx(0.0)


def test_auroc_is_the_share_of_pairs_in_the_right_order_and_ties_count_half() -> None:
    inside, outside = np.array([0.9, 0.5, 0.3]), np.array([0.5, 0.1])
    pairs = [(a > b) + 0.5 * (a == b) for a in inside for b in outside]
    assert auroc(inside, outside) == pytest.approx(sum(pairs) / len(pairs))


def test_scores_that_say_nothing_have_an_auroc_of_a_half() -> None:
    assert auroc(np.full(5, 0.4), np.full(7, 0.4)) == pytest.approx(0.5)


def test_the_bar_is_the_highest_that_enough_messages_reach() -> None:
    inside = np.linspace(0.01, 1.0, 100)
    bar = bar_at(inside, 0.92)
    assert (inside >= bar).mean() == pytest.approx(0.92)
    assert (inside > bar).mean() < 0.92


def test_strangers_at_the_bar_are_not_rejected() -> None:
    inside = np.full(10, 0.5)
    assert rejection(inside, np.array([0.5, 0.4]), 0.92) == pytest.approx(0.5)


def test_a_bootstrap_interval_holds_the_figure_and_is_the_same_each_time() -> None:
    draw = np.random.default_rng(1)
    inside, outside = draw.normal(1.0, 1.0, 80), draw.normal(0.0, 1.0, 80)
    found = bootstrap(auroc, inside, outside)
    assert found.low < found.value < found.high
    assert found == bootstrap(auroc, inside, outside)


def test_more_messages_make_the_interval_narrower() -> None:
    few, many = share([True] * 9 + [False]), share([True] * 90 + [False] * 10)
    assert few["value"] == many["value"] == pytest.approx(0.9)
    assert many["high"] - many["low"] < few["high"] - few["low"]
    # Wilson 1927, worked out by hand for 9 of 10.
    assert (few["low"], few["high"]) == pytest.approx((0.596, 0.982), abs=0.001)


def test_the_curve_counts_wrong_answers_among_all_messages() -> None:
    found = curve(np.array([0.9, 0.8, 0.7, 0.6]), np.array([1, 0, 1, 0], dtype=float))
    assert found.coverage.tolist() == [0.25, 0.5, 0.75, 1.0]
    assert found.wrong.tolist() == [0.0, 0.25, 0.25, 0.5]
    assert wrong_at(found, 0.6) == 0.25


def test_equal_confidences_are_answered_together() -> None:
    found = curve(np.array([0.9, 0.5, 0.5]), np.array([1, 1, 0], dtype=float))
    assert found.coverage.tolist() == pytest.approx([1 / 3, 1.0])


def test_temperature_flattens_and_keeps_the_order() -> None:
    rows = np.array([[0.7, 0.2, 0.1]])
    flat = tempered(rows, 2.0)
    assert flat.sum() == pytest.approx(1.0)
    assert rows[0, 0] > flat[0, 0] > flat[0, 1] > flat[0, 2]


def test_who_claims_too_much_gets_a_high_temperature() -> None:
    rows = np.tile([0.99, 0.01], (10, 1))
    right = np.zeros((10, 2), dtype=bool)
    right[:6, 0] = right[6:, 1] = True
    assert best_temperature(rows, right) > 4.0
