"""Replaces sources-api."""
