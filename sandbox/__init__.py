"""A Slack and an X on this machine; it knows nothing of our code and refuses what the real ones refuse."""
