"""The X side: posts, timelines, search, and the refusals of a self-serve account."""

from sandbox.x.endpoints import routes

__all__ = ["routes"]
