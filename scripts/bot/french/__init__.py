"""Everything the form service says, in French, one file a part."""
