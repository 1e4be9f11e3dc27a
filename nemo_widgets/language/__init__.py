"""What people and the backend say: routing of requests, translation of button talk. Pure, without I/O."""
