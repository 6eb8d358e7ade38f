"""Replaces Kruize."""
