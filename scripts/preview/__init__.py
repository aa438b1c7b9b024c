"""The local server: what an address answers, how pages learn of a rebuild, and the HTTP around both."""
