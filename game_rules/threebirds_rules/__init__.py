"""The rules of a treaty negotiation: what a rule set is, how packages score, how a table is played."""
