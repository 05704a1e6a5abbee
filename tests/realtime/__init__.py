"""Tests of what has happened and whom it is told to."""
