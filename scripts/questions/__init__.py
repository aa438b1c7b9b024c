"""The questions of ``new``: from a schema to a conversation, from answers to the fields of an entry."""
