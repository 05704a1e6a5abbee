"""What each door does: one noun, one file; it returns models, and never knows the schema."""
