"""Measurements: ``./run bench [--quick] [NAME…]`` runs them and writes docs/measurements.md."""
