"""What people may ask for later: that a word, a person or a whole table is forgotten."""
