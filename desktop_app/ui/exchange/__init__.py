"""What the pages of sending and receiving are made of: small tables, choices as cards, results in words."""
