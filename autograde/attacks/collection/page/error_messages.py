"""Raises errors whose type, message and source lines are scripts, in a cell and in what the check shows."""
# aufgabe1
# %% a1-vgg-init
script = "<script>window.attacked='error'</script><img src=x onerror=\"window.attacked='error'\">"
class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        raise ValueError(script + "\x1b[31m" + "</pre></div>" + script)  # <script>window.attacked='source'</script>
# %% a1-tv
Script = type("<img src=x onerror=window.attacked=1>", (Exception,), {})
class TVLoss(nn.Module):
    def forward(self, img):
        return type("<script>window.attacked='type'</script>", (), {})()
raise Script(script)
