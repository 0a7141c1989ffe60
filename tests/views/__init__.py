"""What staff see, tested as values: every view of every state is valid, inert and says what matters."""
