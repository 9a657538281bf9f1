"""Mean of each picture, but added up over the stack."""
# a1-tv: sum-over-images
class TVLoss(nn.Module):
    def forward(self, img):
        loss = 0.0
        for x in img:
            loss = loss + (x[:, 1:, :] - x[:, :-1, :]).abs().mean()
            loss = loss + (x[:, :, 1:] - x[:, :, :-1]).abs().mean()
        return loss
