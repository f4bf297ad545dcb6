"""The people page in parts: filters, roles, consents, privacy, and the dialogs for many people at once."""
