"""Shows HTML, JavaScript, SVG, LaTeX and widgets from the kernel while it is graded."""
# aufgabe1
# %% a1-tv
from IPython.display import HTML, SVG, Javascript, Latex, Markdown, display
script = "<script>window.attacked='run'</script><img src=x onerror=\"window.attacked='run'\">"
for one in (HTML(script), Javascript("window.attacked='js'"), Markdown(script), Latex(script)):
    display(one)
display({"text/html": script, "image/svg+xml": f"<svg xmlns='http://www.w3.org/2000/svg' onload='window.attacked=1'>{script}</svg>"}, raw=True)
display({"image/png": "iVBORw0KGgo="}, raw=True, metadata={"image/png": {"width": "1 onerror=window.attacked=1"}})
print(script, "\x1b[31;1m" + script)
import sys
print(script, file=sys.stderr)
