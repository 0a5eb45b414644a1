"""For players who are programs: a connection to a table, strategies, and an arena to try them in."""
