"""The shell: process, sockets, settings, commands. The top floor."""
