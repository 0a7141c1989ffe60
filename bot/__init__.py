"""How it runs: the only ring that reads the clock, the environment and the network loop."""
