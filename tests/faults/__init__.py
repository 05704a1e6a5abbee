"""A checker in the manner of Jepsen: what was acknowledged arrives, whatever breaks on the way."""
