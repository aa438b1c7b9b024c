"""What the service knows of people: giving it to them, taking it away, and keeping nothing for longer than is needed."""
