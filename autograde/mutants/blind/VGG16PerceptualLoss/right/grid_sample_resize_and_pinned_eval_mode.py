"""Resizes with affine_grid and grid_sample (same convention as bilinear without aligned corners) and overrides train() so that VGG16 stays in evaluation mode."""


class VGG16PerceptualLoss(nn.Module):
    """Distance between two images in the feature space of VGG16."""

    def __init__(self):
        super().__init__()
        self.vgg = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features[:16]
        self.vgg.requires_grad_(False)
        self.vgg.eval()

    def train(self, mode=True):
        super().train(mode)
        self.vgg.eval()
        return self

    @staticmethod
    def to_224(image):
        n, c = image.shape[:2]
        identity = image.new_tensor([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]).expand(n, 2, 3)
        grid = F.affine_grid(identity, [n, c, 224, 224], align_corners=False)
        return F.grid_sample(image, grid, mode="bilinear", padding_mode="border", align_corners=False)


@add_to_class(VGG16PerceptualLoss)
def forward(self, output, target):
    """Return the distance of two ImageNet-normalised (N, 3, H, W) tensors as a 0-dim tensor."""
    with torch.no_grad():
        wanted = self.vgg(self.to_224(target))
    found = self.vgg(self.to_224(output))
    return (found - wanted).abs().mean()
