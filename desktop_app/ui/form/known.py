"""What the form knows of other records without waiting: asked on the window's thread, answered in a worker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from desktop_app.core.fields import Value
from desktop_app.core.record import Lookup, Record


class Question(NamedTuple):
    """One question about other records: a record or its title by uid, or those whose fields equal something."""

    verb: Literal["get", "title", "find"]
    kind: str
    uid: str = ""
    equal: tuple[tuple[str, Value], ...] = ()


class Known:
    """A lookup that never waits. What it does not know yet it notes in `wanted` and answers as if there were nothing.

    The form asks for what is wanted in a worker, tells it (`learn`) and looks again. With a `source` (in the worker that opens a
    record) it asks that at once and remembers.
    """

    def __init__(self, source: Lookup | None = None) -> None:
        self.source = source
        self.wanted: set[Question] = set()
        self._answers: dict[Question, object] = {}

    def get(self, kind: str, uid: str) -> Record | None:
        """See `Lookup.get`."""
        return self._ask(Question("get", kind, uid), None)  # type: ignore[return-value]

    def find(self, kind: str, **equal: Value) -> Sequence[Record]:
        """See `Lookup.find`."""
        return self._ask(Question("find", kind, "", tuple(sorted(equal.items()))), ())  # type: ignore[return-value]

    def title(self, kind: str, uid: str) -> str:
        """See `Lookup.title`; empty until it is known."""
        return self._ask(Question("title", kind, uid), "")  # type: ignore[return-value]

    def knows(self, kind: str, uid: str) -> bool:
        """Whether the record with this uid was asked for and told."""
        return Question("get", kind, uid) in self._answers

    def tell_title(self, kind: str, uid: str, title: str) -> None:
        """A title that the caller has at hand (it was just picked)."""
        self._answers[Question("title", kind, uid)] = title

    def learn(self, answers: Mapping[Question, object]) -> bool:
        """Take answers; whether anything is different now."""
        changed = any(self._answers.get(question, self) != answer for question, answer in answers.items())
        self._answers.update(answers)
        self.wanted -= set(answers)
        return changed

    def doubt(self) -> None:
        """Records have changed elsewhere: everything is asked again, the old answers serve until then."""
        self.wanted |= set(self._answers)

    def _ask(self, question: Question, nothing: object) -> object:
        if question in self._answers:
            return self._answers[question]
        if self.source is None:
            self.wanted.add(question)
            return nothing
        self._answers[question] = answer(self.source, question)
        return self._answers[question]


def answer(lookup: Lookup, question: Question) -> object:
    """Ask a lookup one question."""
    if question.verb == "get":
        return lookup.get(question.kind, question.uid)
    if question.verb == "title":
        return lookup.title(question.kind, question.uid)
    return lookup.find(question.kind, **dict(question.equal))


def answers(lookup: Lookup, questions: Iterable[Question]) -> dict[Question, object]:
    """Ask a lookup several questions."""
    return {question: answer(lookup, question) for question in questions}
