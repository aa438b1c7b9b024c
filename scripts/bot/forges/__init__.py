"""What the bot asks of a forge, the same for each: ``forge`` is the contract, ``registry`` gives one from settings."""
