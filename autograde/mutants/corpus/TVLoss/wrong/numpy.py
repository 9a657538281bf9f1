"""Leaves PyTorch for numpy."""
# a1-tv: error-numpy
class TVLoss(nn.Module):
    def forward(self, img):
        import numpy as np
        x = img.numpy()
        return torch.tensor(np.abs(np.diff(x, axis=2)).mean() + np.abs(np.diff(x, axis=3)).mean())
