"""Was it the arrangements that failed, or somebody's intent? Only what fails by itself moves the comfortable (P41)."""
