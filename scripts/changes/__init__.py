"""What a change touches, and what it can break elsewhere."""
