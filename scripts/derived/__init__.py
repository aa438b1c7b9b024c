"""Documents written by the program about itself: pure functions from schemas, catalogue and parsers to
Markdown.
"""
