"""Serving: a folder that a batch filled, as a podcast, a catalogue and a site over HTTP, for devices at home.

Nothing is served but what the folder's manifest lists and what the publishers make of it, under a secret path.
"""
