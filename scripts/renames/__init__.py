"""Old addresses of pages that were renamed or removed, kept in ``data/redirects.yaml`` so that no link dies."""
