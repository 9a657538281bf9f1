"""Crashes whenever it is called: a segmentation fault in forward and abort in the constructor."""
# aufgabe1
# solved: a1-tv
# %% a1-vgg-init
import ctypes, os
class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        os.abort()
# %% a1-vgg-forward
@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    ctypes.string_at(0)
