"""The weekend in two minutes: real people's hands on the real bot, through the sandbox, while the clock walks."""
