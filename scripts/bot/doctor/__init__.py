"""What ``bot doctor`` looks at: one module a subject, each finding a line with what to do."""
