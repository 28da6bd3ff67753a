"""The command line, one file a group of commands; each has ``register(app)``."""
