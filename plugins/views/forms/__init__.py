"""The forms by which people take part."""
