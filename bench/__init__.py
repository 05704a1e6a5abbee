"""What a request and a live event cost, beside the least they could cost on the same machine."""
