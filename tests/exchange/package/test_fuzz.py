"""A thousand spoilt packages: each is refused with a sentence, or read as it was signed. (20,000: `python -m tests.soak packages`.)"""

from __future__ import annotations

from collections import Counter

import pytest

from tests.exchange.package.mutating import Nursery


def fuzzed(seed: int, count: int, folder) -> Counter[str]:
    found = Nursery(seed, folder).run(count)
    assert sum(found.values()) == count
    # The mutants are worth their name: most are refused, for many different reasons, and some are still good.
    assert found["read"] > count / 50
    assert found["read"] < count / 2
    reasons = {
        "signature",
        "hash",
        "header",
        "json",
        "structure",
        "lying",
        "flipped",
        "truncated",
        "name",
        "missing",
        "undeclared",
    }
    assert reasons <= set(found), found
    return found


def test_a_thousand_spoilt_packages_do_no_harm(tmp_path):
    fuzzed(20261124, 1000, tmp_path)


@pytest.mark.heavy
@pytest.mark.timeout(600)
def test_five_thousand_more(tmp_path):
    assert fuzzed(7, 5000, tmp_path)["algorithm"], "a rare one, that a thousand may not have"
