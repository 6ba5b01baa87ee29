"""Firms: R&D, growth, the ladder, birth and closing."""
