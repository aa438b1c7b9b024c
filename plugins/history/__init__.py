"""What git remembers of a root: which commit touched which file, and from that how often and when each page was worked on."""
