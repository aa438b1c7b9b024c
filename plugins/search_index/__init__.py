"""Words of texts and questions: how they are folded, stemmed, indexed and corrected. Knows no Pelican.

The browser does the same to a question as this package does to a text (``theme/static/js/search-words.js``, ``search-stem.js``);
the tests hold both sides to the same words.
"""
