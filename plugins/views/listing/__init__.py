"""Lists of entries, whole, by year, month and word, and what filters them."""
