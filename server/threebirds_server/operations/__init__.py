"""For whoever keeps the server running: is it ready, and what does it do."""
