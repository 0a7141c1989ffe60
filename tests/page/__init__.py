"""The page in the browser, as people use it."""
