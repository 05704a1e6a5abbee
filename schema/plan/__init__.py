"""Reads an operation level by level: all rows of a level at once, and no row waits for another."""
