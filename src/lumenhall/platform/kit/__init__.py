"""Small, pure building blocks: identifiers, time, paging, secrets, text."""
