"""The same network of Aufgabe 2 runs twice and shares its weights."""
from answers.aufgabe2 import Upscale2x


class Upscale4x(nn.Module):
    def __init__(self):
        super().__init__()
        self.doubling = Upscale2x()


@add_to_class(Upscale4x)
def forward(self, x):
    for _ in range(2):
        x = self.doubling(x)
    return x
