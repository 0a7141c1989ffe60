"""Tests of modals and App Home."""
