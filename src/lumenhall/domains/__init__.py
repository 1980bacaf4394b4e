"""The product, one package per domain; each imports only from the domains below it."""
