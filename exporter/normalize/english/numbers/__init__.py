"""Numbers: plain, ordinal, fractional, Roman, scaled, in ranges."""
