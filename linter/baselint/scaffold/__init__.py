"""What ``baselint init`` writes: a starter policy tree, and what belongs around it."""
