"""The command line: ``python -m scripts COMMAND``. Each command is a module with ``SUMMARY``,
``add_arguments`` and ``run``.
"""
