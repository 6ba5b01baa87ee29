"""Talents: who arrives, searches, chooses a city, is hired, rises and retires."""
