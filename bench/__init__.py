"""Benchmarks: whole workloads compared in one run, by ratio."""
