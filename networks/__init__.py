"""Where customers speak: the Network interface and one module per network."""
