"""The running tables, the sockets of those who sit at them, and what moves them on: the clock and the bots."""
