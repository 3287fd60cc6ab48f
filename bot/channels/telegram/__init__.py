"""Telegram: private chats, and commands in groups, through the Bot API."""
