"""What is remembered: one transaction type, one schema, one file of statements per table group."""
