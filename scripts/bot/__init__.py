"""The form service: intake, worker, review pages; see docs/architecture.md."""
