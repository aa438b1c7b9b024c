"""What publication could not show: read from its report, told to those whom it concerns."""
