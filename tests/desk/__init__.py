"""Tests of what the desk does: each use case on the real databases, without Slack or X."""
