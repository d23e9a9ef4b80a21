"""What changed in accounts between two reports: findings, facts and accounts themselves."""
