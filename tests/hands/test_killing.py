"""Kills of a typing window (`python -m tests.soak typing_kills` does a hundred)."""

from __future__ import annotations

import pytest

from tests.hands.killing import KEYS_A_SECOND, killed


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "seed", [1, pytest.param(2, marks=pytest.mark.heavy), pytest.param(3, marks=pytest.mark.heavy)]
)
def test_a_killed_window_comes_back_at_the_same_record_and_field(books, tmp_path, seed):
    seen = killed(books[0], tmp_path / "copy", seed)
    assert seen.keys > KEYS_A_SECOND
    assert seen.lost <= KEYS_A_SECOND
