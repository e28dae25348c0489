"""Rows that come from another site are merged into the stored ones, in bulk (exchange.md, "Rows that merge").

`merge` goes through it: `reading` turns texts into cells and looks whether they may be (`together` column by column, which is enough for
most rows: those that are new stay together until they are stored), `owning` whether the sender may say so,
`joining` makes one row of two by `core.stamps`, `noting` keeps conflicts and the journal, `settling` makes anew what is derived.
`due` is the other direction: what is to be sent. `undoing`, `mending` and `absorbing` are what is rarely needed.
"""
