"""The embedded studio: the service's contract on this machine, with real rendering."""
