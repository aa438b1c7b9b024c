"""What several kinds of pages show: entries in short, people, facts, maps."""
