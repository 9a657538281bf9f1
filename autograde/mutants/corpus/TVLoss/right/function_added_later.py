"""forward as a function added to the class, as in part 1.2."""
class TVLoss(nn.Module):
    pass


@add_to_class(TVLoss)
def forward(self, img):
    up = (img[:, :, :-1] - img[:, :, 1:]).abs()
    left = (img[..., :-1] - img[..., 1:]).abs()
    return up.mean().add(left.mean())
