"""Lints AWS accounts against written security baselines and renders the baselines as a runbook."""

__version__ = "0.1.0"
