"""The file of checks beside a model: what it may say, reading it and writing a first one."""
