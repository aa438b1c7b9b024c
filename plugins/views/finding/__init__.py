"""The map and the search."""
