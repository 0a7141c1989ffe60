"""What staff see: pure functions, domain values in, Block Kit dicts out."""
