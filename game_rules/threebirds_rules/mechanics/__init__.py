"""Mechanics: what a rule set may add to the plain game of talking, tabling and voting, each small and by itself.

A rule set switches a mechanic on by naming it under `mechanics`, with its numbers; without it nothing of it ever runs.
To write one, say `archive`:

1. `settings.py`: its numbers as a struct and a field of `Mechanics`; `loading/mechanics.py`: the same keys as a model.
2. If all it does is move tracks, walk-aways or offsets at some moment: one file `archive.py` with functions that take a
   `Turn` and `effects.move` it, entered in `moments.py`.
3. If it has actions and a state of its own: a folder `archive/` with `shapes.py` (actions, facts, state, view),
   `procedure.py` (who may do what now: asked by `deciding` and by `showing`, so that the two cannot differ),
   `deciding.py`, `folding.py` and `showing.py`; and a line each in `asked.py`, `facts.py`, `progress.py`, `moments.py`,
   `folds.py` and `views.py`.

What touches scores goes through the position (tracks, shifts, offsets, woken rules) and nothing else, so that analysis
stays exact.
"""
