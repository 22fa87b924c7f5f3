"""Words that are not said as they are written: abbreviations, initialisms, names, homographs."""
