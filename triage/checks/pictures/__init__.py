"""Pictures of the flows and rules: the same facts as a drawing and as a text.

A builder (`of_flow`, `of_finding`, `of_rules`, `slices`) makes a `Picture`; `rows` or `graphviz` gives each node its
place; `svg` draws it, `twin` writes it. `words` puts conditions into words. Nothing here imports networkx.
"""
