"""The notebook widgets, and the messages between them and the front end."""
