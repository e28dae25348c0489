"""Errors that a person can do something about; everything else is a bug and is reported as one."""

from __future__ import annotations

from desktop_app.core.words import Words


class KnownError(Exception):
    """A refusal in one clear sentence (what is wrong, where, what to do); nothing was changed.

    `words` is the sentence in both languages; `field` names the field that it is about, if it is about one.
    """

    def __init__(self, words: Words, field: str | None = None) -> None:
        super().__init__(words.en)
        self.words = words
        self.field = field

    def __str__(self) -> str:
        """The sentence in the language in use."""
        return self.words.say()


class UsageError(KnownError):
    """A name that does not exist (kind, field, command): the caller wrote it wrong. The command line exits with 2."""


class PlaceTakenError(KnownError):
    """Another instance of the program works on this data folder."""

    def __init__(self, folder: object) -> None:
        super().__init__(
            Words(
                f"Pelita sudah berjalan dengan data di {folder}. Pakai jendela yang sudah terbuka.",
                f"Pelita is already running on the data in {folder}. Use the window that is open.",
            )
        )


class Cancelled(Exception):  # noqa: N818  (not an error: the user asked for it)
    """The user pressed Cancel; the operation undid what it had begun."""
