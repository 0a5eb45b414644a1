"""A pledge may be examined once: who is always asked for more can prove itself without end (P13, P24)."""
