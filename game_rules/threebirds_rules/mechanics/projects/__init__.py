"""Small successes carry: two roles of different sides spend a round on one practical thing (P28, P38)."""
