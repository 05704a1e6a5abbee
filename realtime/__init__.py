"""What has happened, told to whom."""
