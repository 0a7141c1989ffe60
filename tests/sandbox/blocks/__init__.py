"""Tests of the Block Kit judge, with a corpus of payloads that Slack takes or refuses."""
