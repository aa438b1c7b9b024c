"""Links from the site to other people's pages: where they stand, and whether they still lead anywhere."""
