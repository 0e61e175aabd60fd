"""Knowledge as data, with origin and licence."""
