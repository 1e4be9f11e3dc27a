"""The shared async client: the only room that talks HTTP to a NemoVideo service."""
