"""Reads YAML as contributors write it, with the place of every word."""
