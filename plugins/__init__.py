"""The program: the model and the forms (pure), and the Pelican plugins that turn a model into a site."""
