"""A program of ours in the place of an application whose image is not to be had: it connects as the application would."""
