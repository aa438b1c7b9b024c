"""Messages to contributors and editors: composed when they leave, sent once, tried again while a server is away."""
