"""The long run is open: a card at the end counts one aspect twice and shows who would regret (P11 P25 P29)."""
