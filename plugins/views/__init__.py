"""From the model to what a page shows: one plain dict for each page, and nothing of Pelican or Jinja."""
