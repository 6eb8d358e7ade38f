"""Replaces ingress: takes uploads, stores them, and announces them. Its behaviour is that of tools/documentation/facts/ingress.md."""
