"""Tables and their doors: scenarios to choose from, joining by code, sitting down, playing alone."""
