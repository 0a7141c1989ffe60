"""The page in the browser: a chat workspace and an X panel, served from this folder alone."""
