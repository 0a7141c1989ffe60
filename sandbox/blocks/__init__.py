"""Block Kit as a judge: what Slack refuses, said with JSON pointers."""
