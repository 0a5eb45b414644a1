"""What a rule set says, told to a person in a terminal: what a text is worth and why, and what a role wants."""
