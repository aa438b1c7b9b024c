"""What every output stands on: the context, pages and documents, addresses of files, and who says them under which licence."""
