"""Policy files: found, checked against their schema and rules, loaded into the model, and resolved."""
