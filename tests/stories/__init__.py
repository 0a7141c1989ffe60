"""Stories: end to end through the sandbox, over the wire."""
