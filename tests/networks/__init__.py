"""The adapters against the networks' doubles, over the wire."""
