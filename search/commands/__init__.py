"""`wenbao`: one module a command."""
