"""What a root says: entries and data files, read, checked and related. Knows no Pelican and no web."""
