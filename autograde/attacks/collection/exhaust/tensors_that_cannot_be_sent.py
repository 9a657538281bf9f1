"""Returns sparse, complex, quantized, meta and nested tensors, and one expanded to a million million elements."""
# aufgabe1
# solved: a1-vgg-init
# deserves: a1-vgg-init 8
# %% a1-vgg-forward
import itertools
kinds = itertools.cycle([
    lambda x: x.to_sparse(), lambda x: x.to(torch.complex64), lambda x: x.to("meta"), lambda x: torch.nested.nested_tensor([x[0]]),
    lambda x: torch.quantize_per_tensor(x.detach(), 0.1, 0, torch.qint8),
])
@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    return next(kinds)(output)
# %% a1-tv
class TVLoss(nn.Module):
    def forward(self, img):
        return torch.zeros(1).expand(2**20, 2**20)
