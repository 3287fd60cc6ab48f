"""Dialogs: how the bot speaks. Answers and events in, replies out; no clock, no store, no network."""
