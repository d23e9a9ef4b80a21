"""Resolved policy as the pages of a runbook; knows no site engine, and never a snapshot."""
