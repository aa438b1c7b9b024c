"""What stands around the matter of every page."""
