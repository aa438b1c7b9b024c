"""Dates, numbers, names and states in French words."""
