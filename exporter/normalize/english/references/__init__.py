"""References: to laws, scripture, journals, notes."""
