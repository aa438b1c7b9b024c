"""Where a site can be published: one file each, behind :class:`scripts.publishing.targets.target.Target`."""
