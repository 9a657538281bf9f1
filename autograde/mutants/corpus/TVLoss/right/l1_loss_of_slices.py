"""F.l1_loss between the shifted parts, with type hints."""
class TVLoss(nn.Module):
    """Anisotrope Total Variation als Mittelwert."""

    def forward(self, img: torch.Tensor) -> torch.Tensor:
        oben, unten = img[:, :, :-1, :], img[:, :, 1:, :]
        links, rechts = img[:, :, :, :-1], img[:, :, :, 1:]
        return F.l1_loss(unten, oben) + F.l1_loss(rechts, links)
