"""What a person can do in this world, as HTTP calls."""
