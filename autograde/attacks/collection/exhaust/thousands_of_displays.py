"""Shows ten thousand objects, each under an id of its own, and changes each of them."""
# aufgabe1
# solved: a1-vgg-init
# %% a1-tv
from IPython.display import HTML, clear_output, display, update_display
for number in range(10_000):
    display(HTML(f"<b>{number}</b>" * 20), display_id=str(number))
    update_display(HTML("<i>x</i>" * 20), display_id=str(number))
    clear_output(wait=True)
