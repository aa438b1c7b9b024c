"""What editors need to see at a glance: what waits, what has grown old, what is missing, and the year's figures. Pure."""
