"""Who is behind a browser: people with their links, the facilitator, and tickets for sockets."""
