"""The figures say what torch, numpy and the real networks say, and nothing in them is cut off or overlaps."""

import ast
import io
import math
from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
import torch
from IPython.core.formatters import DisplayFormatter
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch, PathPatch, Polygon, Rectangle
from matplotlib.text import Text
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional as F

from autograde.answers import answer_source
from autograde.course import load_course
from srcourse import figures
from srcourse.blocks import ResNetBlock
from srcourse.data import load_photographs
from srcourse.evaluation import Evaluation
from srcourse.notebook import add_to_class
from srcourse.style import METHOD_COLORS, DrawnFigure

CPU = torch.device("cpu")
pytestmark = [pytest.mark.usefixtures("real_weights"), pytest.mark.filterwarnings("error")]

RESULTS = Evaluation(
    {
        "bilinear": {"psnr": 32.9, "lpips_vgg": 0.1072},
        "bicubic": {"psnr": 34.25, "lpips_vgg": 0.0879},
        "skip": {"psnr": 31.41, "lpips_vgg": 0.1204},
        "MSE": {"psnr": 34.92, "lpips_vgg": 0.0769},
        "Perceptual": {"psnr": 34.04, "lpips_vgg": 0.0669},
    }
)
# Short trainings: points on each other, long tick labels, and a method that diverged.
CROWDED = Evaluation(
    {
        "bilinear": {"psnr": 32.9, "lpips_vgg": 0.1072},
        "bicubic": {"psnr": 32.92, "lpips_vgg": 0.1071},
        "skip": {"psnr": 32.88, "lpips_vgg": 0.1073},
        "MSE": {"psnr": 32.92, "lpips_vgg": 0.1071},
        "Perceptual": {"psnr": 32.89, "lpips_vgg": 0.1072},
        "Progressiv": {"psnr": math.nan, "lpips_vgg": math.nan},
    }
)


class Recorder(nn.Module):
    """Stands for a student's loss: keeps what it is given and returns the mean absolute difference."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[tuple[Tensor, Tensor]] = []
        self.values: list[float] = []

    def forward(self, output: Tensor, target: Tensor) -> Tensor:
        self.calls.append((output, target))
        distance = (output - target).abs().mean()
        self.values.append(float(distance))
        return distance


def _photo(index: int = 5) -> Tensor:
    return load_photographs("sample").validation.pictures[index] / 255


DRAWINGS: dict[str, Callable[[], Figure]] = {
    name: getattr(figures, name)
    for name in ("vgg16", "perceptual_loss", "pixel_shuffle", "residual_block", "upscale2x", "upscale4x")
}
LIVE: dict[str, Callable[[], Figure]] = {
    "total_variation": lambda: figures.total_variation(_photo()),
    "feature_maps": lambda: figures.feature_maps(_photo(), CPU),
    "mse_average": lambda: figures.mse_average(_photo()),
    "distances": lambda: figures.distances(_photo(), Recorder(), CPU),
}
CHARTS: dict[str, Callable[[], Figure]] = {
    "trade_off": lambda: figures.trade_off(RESULTS),
    "trade_off crowded": lambda: figures.trade_off(CROWDED),
}
EVERY = {**DRAWINGS, **LIVE, **CHARTS}


@cache
def _drawn(name: str) -> Figure:
    figure = EVERY[name]()
    FigureCanvasAgg(figure).draw()
    return figure


def _texts(figure: Figure) -> list[Text]:
    """Return what can be read: neither texts of hidden axes nor ticks outside of the view."""
    unseen = {id(text) for axes in figure.axes for text in _unseen(axes)}
    found = figure.findobj(lambda artist: isinstance(artist, Text))
    return [
        text for text in found if id(text) not in unseen and text.get_visible() and text.get_text().strip()
    ]


def _unseen(axes: Any) -> Iterator[Text]:
    for axis in (axes.xaxis, axes.yaxis):
        low, high = axis.get_view_interval()
        for tick in axis.get_major_ticks():
            if not (axes.axison and low <= tick.get_loc() <= high):
                yield from tick.findobj(lambda artist: isinstance(artist, Text))


def _words(figure: Figure) -> list[str]:
    return [text.get_text() for text in _texts(figure)]


def _pictures(figure: Figure) -> list[NDArray[Any]]:
    return [np.asarray(axes.images[0].get_array()) for axes in figure.axes if axes.images]


def _number(text: str) -> float:
    return float(text.split("=")[-1].split(" ")[-1].replace("\u202f", ""))


@pytest.mark.parametrize("name", EVERY)
def test_texts_are_large_enough_inside_and_do_not_overlap(name: str) -> None:
    figure = _drawn(name)
    texts = _texts(figure)
    width, height = figure.canvas.get_width_height()  # type: ignore[attr-defined]
    assert width <= 950
    extents = []
    for text in texts:
        assert text.get_fontsize() >= 9, text
        extent = text.get_window_extent()
        assert extent.x0 >= 2 and extent.x1 <= width - 2, text
        assert extent.y0 >= 2 and extent.y1 <= height - 2, text
        extents.append((text, extent))
    for (text, a), (other, b) in combinations(extents, 2):
        # Boxes hold the room of descenders too, which lines of one label may share.
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        along = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert across <= 0.5 or along <= 3, (text, other)
    pictures = [axes.get_window_extent() for axes in figure.axes if axes.images]
    for text, extent in extents:
        assert not any(extent.overlaps(picture) for picture in pictures), text


@pytest.mark.parametrize("name", DRAWINGS)
def test_arrows_meet_boxes_and_no_line_crosses_a_text(name: str) -> None:
    figure = _drawn(name)
    (axes,) = (axes for axes in figure.axes if not axes.images)
    places = [patch for patch in axes.patches if isinstance(patch, FancyBboxPatch | Circle | Rectangle)]
    sides = [
        patch.get_window_extent().transformed(axes.transData.inverted()).extents
        for patch in places
        if patch.zorder > 0
    ]
    for shown in figure.axes:
        if shown.images:
            sides.append(shown.get_window_extent().transformed(axes.transData.inverted()).extents)
    tips = [patch.get_xy()[0] for patch in axes.patches if isinstance(patch, Polygon)]
    assert tips
    if name != "pixel_shuffle":  # its one arrow stands free between two tensors
        for x, y in tips:
            assert any(_on_outline(x, y, *side) for side in sides), (x, y)
    for line in (patch for patch in axes.patches if isinstance(patch, PathPatch)):
        path = line.get_path().transformed(axes.transData)
        for text in _texts(figure):
            extent = text.get_window_extent()
            assert not path.intersects_bbox(extent.padded(-2), filled=False), text


def _on_outline(x: float, y: float, left: float, top: float, right: float, bottom: float) -> bool:
    top, bottom = min(top, bottom), max(top, bottom)
    inside = left - 0.01 <= x <= right + 0.01 and top - 0.01 <= y <= bottom + 0.01
    return inside and min(abs(x - left), abs(x - right), abs(y - top), abs(y - bottom)) < 0.01


@pytest.mark.parametrize("name", DRAWINGS)
def test_texts_stay_inside_their_boxes(name: str) -> None:
    figure = _drawn(name)
    (axes,) = (axes for axes in figure.axes if not axes.images)
    boxes = [patch for patch in axes.patches if isinstance(patch, FancyBboxPatch) and patch.zorder > 0]
    for text in _texts(figure):
        extent = text.get_window_extent()
        middle = (extent.x0 + extent.x1) / 2, (extent.y0 + extent.y1) / 2
        for box in boxes:
            outline = box.get_window_extent()
            if outline.contains(*middle):
                assert outline.x0 + 1 <= extent.x0 and extent.x1 <= outline.x1 - 1, text
                assert outline.y0 - 1 <= extent.y0 and extent.y1 <= outline.y1 + 1, text


@pytest.mark.parametrize("name", [*DRAWINGS, "trade_off"])
def test_drawings_are_vector_graphics_without_fonts_and_always_the_same(name: str) -> None:
    first, second = EVERY[name](), EVERY[name]()
    assert isinstance(first, DrawnFigure) and isinstance(second, DrawnFigure)
    svg = first._repr_svg_()
    tags = [element.tag.rpartition("}")[2] for element in ElementTree.fromstring(svg).iter()]
    assert tags[0] == "svg" and "path" in tags and "text" not in tags
    assert svg == second._repr_svg_()


@pytest.mark.parametrize("name", EVERY)
def test_notebook_shows_it_sharp_on_a_white_page(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    data, metadata = DisplayFormatter().format(_drawn(name))
    assert ("image/svg+xml" in data) == (name not in LIVE)
    with Image.open(io.BytesIO(data["image/png"])) as picture:
        shown = metadata["image/png"]
        assert abs(picture.width - 2 * shown["width"]) <= 2
        assert abs(picture.height - 2 * shown["height"]) <= 2
        corners = [(0, 0), (picture.width - 1, 0), (0, picture.height - 1)]
        assert {picture.convert("RGBA").getpixel(corner) for corner in corners} == {(255, 255, 255, 255)}
    captured = capfd.readouterr()
    assert captured.out == captured.err == ""


def _at(figure: Figure, wanted: str) -> list[float]:
    return [text.get_position()[0] for text in _texts(figure) if text.get_text() == wanted]


def test_vgg16_is_torchvisions_layer_by_layer() -> None:
    from torchvision.models import vgg16

    figure = _drawn("vgg16")
    with torch.device("meta"):
        model = vgg16(init_weights=False).features.eval()
        sizes = []
        x = torch.empty(1, 3, 224, 224)
        for layer in model:
            x = layer(x)
            sizes.append(tuple(x.shape[1:]))
    labels = {text.get_position()[0]: text.get_text() for text in _texts(figure) if text.get_rotation() == 90}
    for index, layer in enumerate(model):
        (x_index,) = _at(figure, str(index))
        expected = {
            nn.Conv2d: f"Conv {getattr(layer, 'out_channels', '')}",
            nn.ReLU: "ReLU",
            nn.MaxPool2d: "MaxPool",
        }[type(layer)]
        assert labels[x_index] == expected
    assert not _at(figure, str(len(model)))
    named = {"relu1_2": 3, "relu2_2": 8, "relu3_3": 15, "relu4_3": 22, "relu5_3": 29}
    assert sorted(word for word in _words(figure) if word.startswith("relu")) == sorted(named)
    for name, index in named.items():
        assert _at(figure, name) == _at(figure, str(index))
    # The size over each bracket is that of the layer in its middle.
    for channels, height, width in set(sizes) - {sizes[index] for index in (4, 9, 16, 23, 30)} | {sizes[29]}:
        (middle,) = _at(figure, f"{channels} × {height} × {width}")
        nearest = min(range(31), key=lambda index: abs(_at(figure, str(index))[0] - middle))
        assert sizes[nearest] == (channels, height, width)


def test_used_part_of_vgg16_is_set_apart_after_index_15() -> None:
    figure = _drawn("vgg16")
    (region,) = (patch for patch in figure.axes[0].patches if patch.zorder == 0)
    extent = region.get_window_extent().transformed(figure.axes[0].transData.inverted())
    inside = [index for index in range(31) if extent.x0 < _at(figure, str(index))[0] < extent.x1]
    assert inside == list(range(16))
    assert any("features[:16]" in word for word in _words(figure))
    assert any("entfällt: classifier" in word for word in _words(figure))


def test_perceptual_loss_has_five_steps_and_spares_the_target() -> None:
    words = _words(_drawn("perceptual_loss"))
    titles = ["Zwei Bilder", "Dasselbe Netz", "Aktivierungen", "Differenz", "Mittelwert"]
    figure = _drawn("perceptual_loss")
    for number, title in enumerate(titles, start=1):
        assert _at(figure, str(number)) == _at(figure, title)
    assert "eingefroren, im" in words
    assert _at(figure, "kein Gradient") == _at(figure, "Original (target)")


def test_pixel_shuffle_shows_torchs_numbers() -> None:
    figure = _drawn("pixel_shuffle")
    numbers = [text for text in _texts(figure) if text.get_text().isdigit()]
    middle = figure.axes[0].get_xlim()[1] * 0.6

    def read(texts: list[Text]) -> list[int]:
        ordered = sorted(texts, key=lambda text: (round(text.get_position()[1]), text.get_position()[0]))
        return [int(text.get_text()) for text in ordered]

    before, after = (
        [text for text in numbers if (text.get_position()[0] > middle) == right] for right in (0, 1)
    )
    tensor = torch.arange(16).view(1, 4, 2, 2)
    # Row by row through all four channels.
    assert read(before) == tensor[0].transpose(0, 1).flatten().tolist()
    assert read(after) == nn.PixelShuffle(2)(tensor).flatten().tolist()


def test_pixel_shuffle_keeps_the_colour_of_each_channel() -> None:
    figure = _drawn("pixel_shuffle")
    (axes,) = figure.axes
    colors: dict[int, set[Any]] = {channel: set() for channel in range(4)}
    for text in _texts(figure):
        if text.get_text().isdigit():
            x, y = text.get_position()
            (cell,) = (
                patch.get_facecolor()
                for patch in axes.patches
                if isinstance(patch, Rectangle)
                and patch.get_facecolor()[3] > 0
                and patch.get_x() < x < patch.get_x() + patch.get_width()
                and patch.get_y() < y < patch.get_y() + patch.get_height()
            )
            colors[int(text.get_text()) // 4].add(cell)
    assert all(len(found) == 1 for found in colors.values())
    assert len(set.union(*colors.values())) == 4


def _row(figure: Figure) -> list[str]:
    """Return the texts of the boxes in the main row, from left to right, the lines of a box joined."""
    (axes,) = figure.axes
    boxes = [patch for patch in axes.patches if isinstance(patch, FancyBboxPatch) and patch.zorder > 0]
    first = min(boxes, key=lambda box: box.get_x())
    y = first.get_y() + first.get_height() / 2
    row = sorted(
        (box for box in boxes if box.get_y() < y < box.get_y() + box.get_height()), key=lambda b: b.get_x()
    )
    return [
        "".join(
            text.get_text()
            for text in _texts(figure)
            if box.get_window_extent().contains(*text.get_window_extent().get_points().mean(0))
        )
        for box in row
    ]


def test_residual_block_shows_the_layers_of_the_real_one_in_order() -> None:
    kinds = {nn.Conv2d: "Conv k×kohne Bias", nn.ReLU: "ReLU", nn.BatchNorm2d: "Batch-Norm"}
    seen: list[str] = []
    block = ResNetBlock(3, 16)
    for name, layer in block.named_children():
        if name != "shortcut":
            layer.register_forward_hook(lambda module, _, __: seen.append(kinds[type(module)]))
    block(torch.zeros(2, 3, 8, 8))
    assert _row(_drawn("residual_block")) == ["Eingabex", *seen, "Ausgabe"]


@pytest.mark.parametrize(("factor", "aufgabe"), [(2, "aufgabe2"), (4, "aufgabe5")])
def test_upscale_shows_the_shapes_of_the_reference_network(factor: int, aufgabe: str) -> None:
    network = _reference(aufgabe, f"Upscale{factor}x").eval()
    shapes, labels = [(3, 1)], []

    def note(module: nn.Module, _: object, output: Tensor) -> None:
        shapes.append((output.shape[1], output.shape[2] // 8))
        labels.append(_label(module))

    for layer in network.modules():
        last = isinstance(layer, nn.Conv2d) and layer.out_channels == 3
        if isinstance(layer, ResNetBlock | nn.PixelShuffle) or last:
            layer.register_forward_hook(note)
    output = network(torch.zeros(1, 3, 8, 8))
    shapes.append((output.shape[1], output.shape[2] // 8))
    figure = _drawn(f"upscale{factor}x")
    assert _row(figure) == ["Ein-gabe", *labels, "Aus-gabe"]
    bold = [text for text in _texts(figure) if text.get_weight() == "bold" and text.get_text().isdigit()]
    channels = sorted(bold, key=lambda text: text.get_position()[0])
    sizes = {1: "H×W", factor: f"{factor}H×{factor}W"}
    assert len(channels) == len(shapes)
    for text, (count, size) in zip(channels, shapes, strict=True):
        assert text.get_text() == str(count)
        assert text.get_position()[0] in _at(figure, sizes[size])
    assert f"bilinear ×{factor}, align_corners=True" in _words(figure)


def _reference(aufgabe: str, name: str) -> nn.Module:
    """Build the class of a solution, without the training and the other answers that stand beside it."""
    tree = ast.parse(answer_source(load_course()[aufgabe].solution))
    wanted = [
        node
        for node in tree.body
        if (isinstance(node, ast.ClassDef) and node.name == name)
        or (
            isinstance(node, ast.FunctionDef)
            and f"add_to_class({name})" in map(ast.unparse, node.decorator_list)
        )
    ]
    scope: dict[str, Any] = {
        "torch": torch,
        "nn": nn,
        "F": F,
        "ResNetBlock": ResNetBlock,
        "add_to_class": add_to_class,
    }
    exec(compile(ast.Module(wanted, []), aufgabe, "exec"), scope)
    network: nn.Module = scope[name]()
    return network


def _label(module: nn.Module) -> str:
    if isinstance(module, ResNetBlock):
        return f"ResNet-Block{module.conv1.in_channels}→{module.conv1.out_channels}"
    if isinstance(module, nn.PixelShuffle):
        return f"Pixel-Shuffle({module.upscale_factor})"
    assert isinstance(module, nn.Conv2d)
    return f"Conv{module.kernel_size[0]}×{module.kernel_size[1]}{module.in_channels}→{module.out_channels}"


def test_total_variation_is_the_sum_of_the_formula() -> None:
    figure = _drawn("total_variation")
    clean, _, noisy, _ = _pictures(figure)
    np.testing.assert_array_equal(clean, _photo().permute(1, 2, 0).numpy())
    inside = (clean > 0.3) & (clean < 0.7)
    assert float((noisy - clean)[inside].std()) == pytest.approx(0.1, abs=0.005)
    sums = [word for word in _words(figure) if word.startswith("TV =")]
    per_pixel = [word for word in _words(figure) if word.startswith("je Pixel")]
    for picture, total, share in zip((clean, noisy), sums, per_pixel, strict=True):
        values = picture.astype(np.float64)
        expected = np.abs(np.diff(values, axis=0)).sum() + np.abs(np.diff(values, axis=1)).sum()
        assert _number(total) == pytest.approx(expected, abs=0.6)
        assert _number(share) == pytest.approx(expected / (picture.shape[0] * picture.shape[1]), abs=6e-4)
    assert _number(sums[1]) > 1.5 * _number(sums[0])


def test_feature_maps_are_those_of_torchvisions_vgg16() -> None:
    from torchvision.models import VGG16_Weights, vgg16

    from srcourse.weights import ensure

    ensure("vgg16")
    model = vgg16(weights=VGG16_Weights.IMAGENET1K_V1).features.eval()
    kept: dict[int, Tensor] = {}
    for index in (3, 8, 15):
        # Cloned, since what follows may work in place.
        model[index].register_forward_hook(lambda _, __, y, index=index: kept.update({index: y[0].clone()}))
    small = F.interpolate(_photo()[None], size=(224, 224), mode="bilinear", align_corners=False)
    mean, std = (torch.tensor(v).view(3, 1, 1) for v in ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)))
    with torch.no_grad():
        model((small - mean) / std)
    figure = _drawn("feature_maps")
    photo, *maps = _pictures(figure)
    np.testing.assert_allclose(photo, small[0].permute(1, 2, 0), atol=1e-6)
    channels = [int(word.removeprefix("Kanal ")) for word in _words(figure) if word.startswith("Kanal ")]
    assert len(maps) == len(channels) == 18
    for number, (shown, channel) in enumerate(zip(maps, channels, strict=True)):
        expected = kept[(3, 8, 15)[number // 6]][channel]
        torch.testing.assert_close(torch.from_numpy(shown), expected, rtol=1e-4, atol=1e-4)
        assert float(expected.std()) > 0
    for index, name in ((3, "relu1_2"), (8, "relu2_2"), (15, "relu3_3")):
        assert f"{name} = features[{index}]" in _words(figure)
        assert any(word.startswith(f"{len(kept[index])} Kanäle") for word in _words(figure))


def test_mean_of_the_candidates_has_the_smallest_mse_and_is_blurred() -> None:
    figure = _drawn("mse_average")
    shown = _pictures(figure)
    large, small = shown[0::2], shown[1::2]
    candidates = np.stack(large[:5]).astype(np.float64)
    np.testing.assert_allclose(large[5], candidates.mean(0), atol=1e-6)
    errors = [float(((picture - candidates) ** 2).mean()) for picture in large]
    printed = [_number(word) for word in _words(figure) if word.startswith("MSE 0")]
    assert printed == pytest.approx(errors, abs=1e-5)
    assert min(errors) == errors[5] and errors[5] < 0.8 * min(errors[:5])
    edges = [
        float(np.abs(np.diff(picture, axis=0)).mean() + np.abs(np.diff(picture, axis=1)).mean())
        for picture in large
    ]
    assert edges[5] < 0.8 * min(edges[:5])
    # All are answers to nearly the same question.
    spread = [float(np.stack(pictures[:5]).var(axis=0).mean()) for pictures in (large, small)]
    assert spread[1] < 0.15 * spread[0]
    for picture, reduced in zip(large, small, strict=True):
        tensor = torch.from_numpy(np.asarray(picture, dtype=np.float32)).permute(2, 0, 1)[None]
        expected = F.interpolate(tensor, size=(14, 14), mode="bilinear", antialias=True)[0].permute(1, 2, 0)
        np.testing.assert_allclose(reduced, expected, atol=1 / 255)


def test_distortions_have_one_mse_and_the_loss_is_called_as_the_course_says() -> None:
    photo, loss = _photo(), Recorder()
    figure = figures.distances(photo, loss, CPU)
    mean, std = (torch.tensor(v).view(3, 1, 1) for v in ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)))
    assert len(loss.calls) == 5
    errors = []
    for output, target in loss.calls:
        assert output.shape == target.shape == (1, 3, *photo.shape[1:])
        torch.testing.assert_close(target[0] * std + mean, photo)
        errors.append(float((output[0] * std + mean - photo).square().mean()))
    shifted = loss.calls[0][0][0] * std + mean
    torch.testing.assert_close(shifted[:, :, 1:], photo[:, :, :-1])
    assert errors[:4] == pytest.approx([errors[0]] * 4, rel=1e-3)
    assert errors[4] == pytest.approx(errors[0], rel=0.25)  # the quality of JPEG is a whole number
    numbers = [word for word in _words(figure) if word.startswith("0.")]
    assert numbers == [f"{error:.5f}" for error in errors] + [f"{value:.3f}" for value in loss.values]
    bars = [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]
    heights = [bar.get_height() for bar in bars]
    for measured, drawn in ((errors, heights[:5]), (loss.values, heights[5:])):
        assert [height / max(drawn) for height in drawn] == pytest.approx(
            [v / max(measured) for v in measured]
        )


def test_distance_figure_computes_without_gradient() -> None:
    loss = Recorder()
    loss.weight = nn.Parameter(torch.ones(()))
    loss.register_forward_hook(lambda module, _, output: output * module.weight)
    outputs: list[Tensor] = []
    loss.register_forward_hook(lambda _, __, output: outputs.append(output))
    figures.distances(_photo(), loss, CPU)
    assert len(outputs) == 5 and not any(output.requires_grad for output in outputs)


def test_trade_off_puts_every_method_at_its_numbers() -> None:
    figure = _drawn("trade_off")
    (axes,) = figure.axes
    points = [(line.get_xdata()[0], line.get_ydata()[0]) for line in axes.lines]
    assert points == [(row["psnr"], row["lpips_vgg"]) for row in RESULTS.methods.values()]
    names = {text.get_text(): text for text in axes.texts}
    assert set(names) == {"bilinear", "bikubisch", "nur Skip des Netzes", "MSE", "Perceptual", "besser"}
    for key in ("MSE", "Perceptual"):
        marker = axes.lines[list(RESULTS.methods).index(key)]
        assert marker.get_color() == names[key].get_color() == METHOD_COLORS[key]
    # To the right and down is better, and nothing is drawn over the mark that says so.
    assert axes.get_xlim()[0] < axes.get_xlim()[1] and axes.get_ylim()[0] < axes.get_ylim()[1]
    x, y = axes.transAxes.inverted().transform(names["besser"].get_window_extent().get_points().mean(0))
    assert x > 0.75 and y < 0.3
    assert "weiter unten ist besser" in axes.get_ylabel() and "weiter rechts ist besser" in axes.get_xlabel()


def test_trade_off_names_a_diverged_method_without_a_place() -> None:
    (axes,) = _drawn("trade_off crowded").axes
    assert len(axes.lines) == 5
    assert axes.get_title(loc="left").endswith("(ohne endliche Werte: Progressiv)")
    nothing = figures.trade_off(Evaluation({"MSE": {"psnr": math.inf, "lpips_vgg": 0.0}}))
    assert not nothing.axes[0].lines


@pytest.mark.parametrize(
    ("photo", "message"),
    [
        (torch.zeros(1, 3, 128, 128), r"Form \(3, H, W\)"),
        (torch.zeros(3, 64, 128), "ab 96"),
        (torch.zeros(3, 128, 128, dtype=torch.uint8), "durch 255"),
        (torch.full((3, 128, 128), 2.0), "ImageNet-normalisiert"),
        (torch.full((3, 128, 128), math.nan), "von nan"),
    ],
)
def test_other_tensors_are_refused_in_german(photo: Tensor, message: str) -> None:
    for show in (figures.total_variation, figures.mse_average):
        with pytest.raises(ValueError, match=message):
            show(photo)


@pytest.mark.parametrize("size", [(96, 96), (130, 191), (256, 256)])
def test_photographs_of_other_sizes_are_shown_too(size: tuple[int, int]) -> None:
    photo = F.interpolate(_photo()[None], size=size, mode="bilinear")[0].clamp(0, 1)
    for figure in (
        figures.total_variation(photo),
        figures.mse_average(photo),
        figures.distances(photo, Recorder(), CPU),
    ):
        width, height = figure.get_size_inches() * figure.dpi
        for axes in figure.axes:
            extent = axes.get_window_extent()
            assert (
                extent.x0 >= 0 and extent.x1 <= width + 0.01 and extent.y0 >= 0 and extent.y1 <= height + 0.01
            )


def test_a_picture_without_detail_is_no_error() -> None:
    grey = torch.full((3, 96, 96), 0.5)
    for figure in (
        figures.total_variation(grey),
        figures.mse_average(grey),
        figures.distances(grey, Recorder(), CPU),
    ):
        FigureCanvasAgg(figure).draw()
