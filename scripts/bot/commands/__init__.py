"""What ``python -m scripts bot`` can do, one module a command."""
