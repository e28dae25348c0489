"""What people call a record: the fields that its kind names as title and subtitle, as they stand on the screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop_app.core.declared import declared
from desktop_app.core.fields import Value
from desktop_app.core.record import Alone
from desktop_app.core.show import show
from desktop_app.core.spec import Kind
from desktop_app.core.words import Language


@declared
class Named(Alone):
    """A lookup that knows names only."""

    names: Mapping[tuple[str, str], str]

    def title(self, kind: str, uid: str) -> str:
        """See `Lookup.title`."""
        return self.names.get((kind, uid), uid[:8])


_NOBODY = Named({})


def texts(
    kind: Kind,
    names: Iterable[str],
    given: Mapping[str, Value],
    known: Named = _NOBODY,
    language: Language | None = None,
) -> dict[str, str]:
    """The fields as they stand on the screen; `known` gives the names of records that they refer to."""
    return {
        name: show(kind.by_name[name], given.get(name), lookup=known, values=given, language=language)
        for name in names
    }


def title_of(
    kind: Kind, given: Mapping[str, Value], uid: str, known: Named = _NOBODY, language: Language | None = None
) -> str:
    """The name of a record with these values; the first letters of its uid when there is none."""
    return kind.title_of(texts(kind, kind.title, given, known, language)) or uid[:8]
