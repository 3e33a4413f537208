"""Facts come in: `events` reads and judges a request's body, `apply` stores what it says in one transaction."""
