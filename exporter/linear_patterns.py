"""Parts of patterns that take linear time on long runs of white space.

A pattern that begins with white space is tried from each place of a run, to its end each time: that takes time by the
square of its length. These two begin at the first place of a run only, take all of it, and give nothing back.
"""

SPACES = r"(?<!\s)\s++"
"""White space before a sign."""

MAYBE_SPACES = r"(?:(?<!\s)\s++)?+"
"""White space, or none, before a sign that is no white space itself."""
