"""Whether a word of a resident ever reaches a partner to whom nobody gave it."""
