"""What the desk does: each public function is one use case and one transaction."""
