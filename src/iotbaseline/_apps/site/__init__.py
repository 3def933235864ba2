"""A site of static pages made from a library: look up, follow and compare without a server."""
