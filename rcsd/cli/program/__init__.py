"""Makes a program of commands: imports the one that is called, lists all by group, turns errors into exit codes."""
