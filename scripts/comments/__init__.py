"""The one comment on a proposal: from a result that nobody vouches for to words that do nothing but inform."""
