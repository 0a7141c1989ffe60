"""The Slack side: Web API, Socket Mode, HTTP mode, interactions and the limits of an internal app."""
