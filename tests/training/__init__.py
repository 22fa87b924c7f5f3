"""Scripts that fit the fitted numbers again; the tests do not run them."""
