"""What Lighthouse says of each kind of page: ``make lighthouse``."""
