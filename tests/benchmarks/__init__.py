"""Speed and memory, as ratios of whole processes measured in turn in one run: ``python -m tests.benchmarks``."""
