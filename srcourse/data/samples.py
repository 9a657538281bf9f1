"""The photographs that ship inside the scikit-image and scikit-learn wheels: data without a network."""

import importlib.util
from dataclasses import dataclass
from pathlib import Path

from srcourse.data.errors import PhotographsError
from srcourse.data.folder import SHORT_SIDE
from srcourse.data.listing import Listing, PhotoFile


@dataclass(frozen=True)
class Sample:
    """One embedded photograph and whom to thank for it; texts are German where they are prose.

    Attributes:
        name: short name, also in the names of validation views.
        package: import name of the wheel that carries it.
        file: path inside that package.
        group: photographs of one group show the same scene.
        title: what is to be seen.
        author: who took it.
        licence: its licence, as the wheel documents it.
        source: where it comes from.
    """

    name: str
    package: str
    file: str
    group: str
    title: str
    author: str
    licence: str
    source: str


_CC_BY = "CC BY 2.0 (https://creativecommons.org/licenses/by/2.0/)"
_STEREO_AUTHOR = "N. Nesic, P. Westling, X. Wang, Y. Kitajima, G. Krathwohl, D. Scharstein (Middlebury)"
# The wheel names no licence for the stereo pair, so none is claimed here.
_STEREO_LICENCE = "im Wheel keine genannt; Forschungsdatensatz, zu zitieren: Scharstein et al., GCPR 2014"
_STEREO_SOURCE = "http://vision.middlebury.edu/stereo/data/scenes2014/"

SAMPLES: tuple[Sample, ...] = (
    Sample(
        name="astronaut",
        package="skimage",
        file="data/astronaut.png",
        group="astronaut",
        title="Astronautin Eileen Collins",
        author="NASA",
        licence="gemeinfrei",
        source="https://flic.kr/p/r9qvLn",
    ),
    Sample(
        name="chelsea",
        package="skimage",
        file="data/chelsea.png",
        group="chelsea",
        title="Katze Chelsea",
        author="Stefan van der Walt",
        licence="CC0",
        source="scikit-image",
    ),
    Sample(
        name="china",
        package="sklearn",
        file="datasets/images/china.jpg",
        group="china",
        title="Chinesischer Tempel",
        author="danielbuechele",
        licence=_CC_BY,
        source="https://www.flickr.com/photos/danielbuechele/6061409035/",
    ),
    Sample(
        name="coffee",
        package="skimage",
        file="data/coffee.png",
        group="coffee",
        title="Kaffeetasse",
        author="Rachel Michetti (Pikolo Espresso Bar)",
        licence="CC0",
        source="scikit-image",
    ),
    Sample(
        name="flower",
        package="sklearn",
        file="datasets/images/flower.jpg",
        group="flower",
        title="Blüte",
        # The wheel's README repeats china.jpg's author in words here; both of its links lead to this one.
        author="vultilion",
        licence=_CC_BY,
        source="https://www.flickr.com/photos/vultilion/6056698931/",
    ),
    Sample(
        name="motorcycle_left",
        package="skimage",
        file="data/motorcycle_left.png",
        group="motorcycle",
        title="Motorrad, linkes Bild eines Stereopaars",
        author=_STEREO_AUTHOR,
        licence=_STEREO_LICENCE,
        source=_STEREO_SOURCE,
    ),
    Sample(
        name="motorcycle_right",
        package="skimage",
        file="data/motorcycle_right.png",
        group="motorcycle",
        title="Motorrad, rechtes Bild eines Stereopaars",
        author=_STEREO_AUTHOR,
        licence=_STEREO_LICENCE,
        source=_STEREO_SOURCE,
    ),
    Sample(
        name="rocket",
        package="skimage",
        file="data/rocket.jpg",
        group="rocket",
        title="Start einer Falcon 9 mit DSCOVR",
        author="SpaceX",
        licence="gemeinfrei",
        source="https://www.flickr.com/photos/spacexphotos/16511594820/",
    ),
)

# Fixed instead of drawn, so that every number in the course refers to the same views: a face, fur and a cup on
# wood, 34 views of 128x128 without overlap. Held out instead, china and flower would bring empty sky and blurred
# background: 7 of their views are above 40 dB whatever is done to them, and only mask what a model can do.
VALIDATION = frozenset({"astronaut", "chelsea", "coffee"})


def _package_folder(package: str) -> Path | None:
    # Finding a package does not import it: scikit-learn alone would cost a second.
    spec = importlib.util.find_spec(package)
    return Path(spec.origin).parent if spec is not None and spec.origin is not None else None


def list_samples() -> Listing:
    """Return the eight embedded photographs, split for good into five to train and three to validate.

    Raises:
        PhotographsError: if an installed package lacks one of them.
    """
    files = []
    for sample in SAMPLES:
        folder = _package_folder(sample.package)
        if folder is None or not (folder / sample.file).is_file():
            raise PhotographsError(
                f"Das mitgelieferte Foto „{sample.name}“ fehlt in Ihrer Installation von {sample.package}. "
                'Bitte führen Sie "pip install --force-reinstall scikit-image scikit-learn" aus, oder '
                'tragen Sie in den Einstellungen einen Ordner mit eigenen Fotos ein: data = "mein_ordner".'
            )
        files.append(PhotoFile(sample.name, folder / sample.file, sample.group))
    root = " ".join(str(file.path.parent) for file in files)
    return Listing(root, tuple(files), short_side=SHORT_SIDE, square=False, validation=VALIDATION)
