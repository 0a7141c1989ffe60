"""Tests: they mirror the rings; stories run end to end through the sandbox."""
