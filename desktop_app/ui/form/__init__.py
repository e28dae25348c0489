"""The form: a thin skin over `core.draft`, generated from a kind's declaration."""
