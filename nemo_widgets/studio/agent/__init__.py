"""The studio's agent: prompt → what is wanted → edits → draft and answer."""
