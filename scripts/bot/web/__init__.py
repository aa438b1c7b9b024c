"""What the form service answers on the web."""
