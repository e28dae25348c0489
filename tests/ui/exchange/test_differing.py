"""The letters in which two writings differ."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.ui.exchange.differing import differing, marked

short = st.text("ab 1W<&é", max_size=12)
writings = short | st.text("ab", min_size=390, max_size=450)


def test_a_capital_and_a_space_are_all_that_differs():
    mine = differing("Suminah binti Sastrowiyono", "Suminah binti Sastro Wiyono")
    assert [text for text, differs in mine if differs] == ["w"]
    other = differing("Suminah binti Sastro Wiyono", "Suminah binti Sastrowiyono")
    assert [text for text, differs in other if differs] == [" W"]


@given(writings, writings)
def test_no_letter_is_lost_and_equal_ones_are_not_marked(mine: str, other: str):
    pieces = differing(mine, other)
    assert "".join(text for text, _ in pieces) == mine
    if mine == other:
        assert not any(differs for _, differs in pieces)
    else:
        assert any(differs for _, differs in pieces + differing(other, mine))


@given(short, short)
def test_what_was_typed_stays_text(qapp, mine: str, other: str):
    shown = re.sub(r"<(/?span[^>]*|br)>", "", marked(mine, other))
    assert "<" not in shown
    assert unescape(shown).replace("\xa0", " ") == mine
