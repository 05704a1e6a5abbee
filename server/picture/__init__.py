"""Pictures: where their files are, how they are made ready, and the way to them."""
