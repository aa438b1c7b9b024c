"""A site from a root of which some files are broken: they stay at their last good version, or are left out, and the rest is whole.

See docs/decisions/0027-broken-entries.md.
"""
