"""Addresses on the web and on the ground, and names of places."""
