"""A sandbox for each test, as the sandbox's own tests have it."""

from tests.sandbox.conftest import sandbox, start_sandbox

__all__ = ["sandbox", "start_sandbox"]
