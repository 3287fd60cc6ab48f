"""The bot: the shell around the dialogs: command line, channels, set-up."""
