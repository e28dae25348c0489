"""A Windows to try the program on: a Wine prefix of the tests' own, and what Wine 8 lacks (stubs, built from source, never shipped)."""
