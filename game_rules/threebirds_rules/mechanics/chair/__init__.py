"""The chair has the agenda: the order of articles, the floor, one single text a round, one article held back."""
