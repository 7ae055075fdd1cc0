"""Every JSON shape of the product, once: its type, and beside it the function that makes it.

`--json` of the command line, the answers over HTTP and their description (OpenAPI) all come from here. A shape is a
plain dictionary with a type: making one costs no more than the dictionary, and nothing is validated on its way out.
"""
