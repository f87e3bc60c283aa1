"""Knows text: submissions, and where in them which words stand, whose they are and what they rest on."""
