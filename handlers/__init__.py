"""What staff do: one file per gesture, translation only."""
