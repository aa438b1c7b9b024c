"""Every French sentence of the command line, one module for each part."""
