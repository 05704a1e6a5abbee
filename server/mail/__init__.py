"""E-mail: letters written in the reader's language, sent by SMTP, and stopped by one click."""
