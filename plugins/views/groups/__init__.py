"""The pages of clubs, pillars, territories and members."""
