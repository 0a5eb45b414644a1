"""A role chooses its path and ranks its threats before the others begin: it must know what it wants (P51 P66 P67)."""
