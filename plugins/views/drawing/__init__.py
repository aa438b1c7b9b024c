"""What the build draws: colours, the ring, charts, outlines of places."""
