"""Exports of AWS accounts: found, recognised by content, grouped by account, and turned into facts."""
