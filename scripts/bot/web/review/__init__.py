"""The pages of editors: what waits, one proposal, the desk."""
