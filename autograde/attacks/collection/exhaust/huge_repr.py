"""The last expression of the cell has a representation of 200 MB, in all forms of output at once."""
# aufgabe1
# solved: a1-vgg-init
# %% a1-tv
class Huge:
    def _repr_mimebundle_(self, **given):
        return {kind: "<p>" * 20_000_000 for kind in ("text/plain", "text/html", "text/latex", "image/svg+xml")}
    def __repr__(self):
        return "x" * 50_000_000
Huge()
