"""Rules: checks on policy files themselves that a schema cannot make; one module each."""
