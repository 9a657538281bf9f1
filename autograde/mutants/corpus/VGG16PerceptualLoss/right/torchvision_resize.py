"""torchvision's resize without antialiasing; helper functions; type hints."""
from torch import Tensor
from torchvision.transforms import InterpolationMode
from torchvision.transforms import functional as TF


def _to_224(x: Tensor) -> Tensor:
    return TF.resize(x, [224, 224], interpolation=InterpolationMode.BILINEAR, antialias=False)


class VGG16PerceptualLoss(nn.Module):
    relu3_3: int = 15

    def __init__(self) -> None:
        super().__init__()
        net = vgg16(weights=VGG16_Weights.IMAGENET1K_V1)
        self.body = net.features[: self.relu3_3 + 1].eval().requires_grad_(False)

    def forward(self, output: Tensor, target: Tensor) -> Tensor:
        with torch.no_grad():
            wanted = self.body(_to_224(target))
        found = self.body(_to_224(output))
        return torch.nn.L1Loss(reduction="mean")(found, wanted)
