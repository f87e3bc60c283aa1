"""The readers: one module for each format, each turning bytes into a Reading."""
