"""Many sources: what is to be made, in which parts, by whom, under which names."""
