"""The page of a contribution."""
