"""Sit at a Three Birds table from Python: the SDK for bots, the bots that ship, and an arena to try them in."""
