"""Publishing: feeds, catalogues and pages of a folder."""
