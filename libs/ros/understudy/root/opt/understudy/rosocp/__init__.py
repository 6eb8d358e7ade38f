"""Replaces rosocp, the program of the resource optimisation."""
