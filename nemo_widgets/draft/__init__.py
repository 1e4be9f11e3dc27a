"""The draft, pure and without I/O: JSON ⇄ model ⇄ DataFrame, difference, summary, picture."""
