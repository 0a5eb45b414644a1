"""The server: HTTP, websockets, the running tables and what they are kept in."""
