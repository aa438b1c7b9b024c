"""What people post: read within limits, made harmless, checked, taken."""
