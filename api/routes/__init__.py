"""The routes, one module for each kind of thing; each has a `router_of` that `app` calls."""
