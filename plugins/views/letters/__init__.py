"""The letters of the network, as pages and as mails."""
