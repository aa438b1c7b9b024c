"""From the schemas to what people fill in, and from what they filled in to files. Pure: data in, text out."""
