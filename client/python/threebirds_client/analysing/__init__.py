"""What is possible in a rule set: `threebirds analyse`."""
