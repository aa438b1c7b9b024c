"""From a built site to what readers see: targets, the switch, what is looked at afterwards, the way back."""
