"""The X side: posts, timelines, search, and the refusals of a self-serve account."""
