"""The pages that a change makes, changes or removes, as a folder that can be looked at before anything is published."""
