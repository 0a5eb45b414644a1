"""Some matters are for a few: side tables initial articles, which binds what their members table and vote for (P27)."""
