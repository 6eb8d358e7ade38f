"""Our program that replaces an application whose image no origin has: it connects as the application would."""
