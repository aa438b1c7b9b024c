"""What pages say to machines about themselves (schema.org, as JSON-LD)."""
