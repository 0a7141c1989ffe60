"""The page in the browser: a chat workspace and an X panel, served from this folder alone."""

from sandbox.page.routes import routes

__all__ = ["routes"]
