"""The schemas of entries and members, and what is said of a value that does not fit."""
