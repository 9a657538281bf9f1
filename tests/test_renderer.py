"""What the viewer shows: computed once, blended with care, and shown as a plain picture where widgets cannot run."""

import base64
import copy
import io

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor, nn

from srcourse.baselines import bilinear
from srcourse.compare import compare, upscale_views
from srcourse.compare.maps import feature_distance, features
from srcourse.compare.parts import key, part
from srcourse.compare.renderer import Renderer, Shown
from srcourse.data import ViewSet, load_photographs
from srcourse.imagenet import normalize
from srcourse.metrics import score
from srcourse.weights import vgg16_features

CPU = torch.device("cpu")


class Net(nn.Module):
    """Bilinear upscaling and a correction of it by one convolution; counts its runs, its copies' included."""

    def __init__(self, strength: float, runs: list[int] | None = None) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 3, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(3)
        self.runs = runs if runs is not None else []
        with torch.no_grad():
            self.conv.weight.copy_(strength * torch.eye(3)[:, :, None, None].expand(3, 3, 3, 3) / 9)

    def __deepcopy__(self, memo: object) -> "Net":
        copied = Net(0, self.runs)
        copied.load_state_dict(self.state_dict())
        return copied

    def forward(self, x: Tensor) -> Tensor:
        self.runs.append(len(x))
        large = bilinear(2)(x)
        return large + self.norm(self.conv(large))


@pytest.fixture(scope="module")
def views() -> ViewSet:
    return load_photographs("sample").validation.first(5)


def _bytes(picture: Tensor) -> Tensor:
    return picture.mul(255).round().byte()


def test_ends_are_the_results_and_nothing_is_computed_twice(views: ViewSet) -> None:
    first, second = Net(0.05), Net(-0.05)
    expected = [_bytes(upscale_views(net, views, 2, CPU)[4]) for net in (first, second)]
    renderer = Renderer({2: {"MSE": first, "Perceptual": second}}, views, CPU)
    first.runs.clear()
    second.runs.clear()
    for _ in range(2):
        for what, truth in zip((0, 100), expected, strict=True):
            assert torch.equal(renderer.picture(Shown(2, 4, what)), truth)
        renderer.picture(Shown(2, 4, 50))
    assert first.runs + second.runs == [1, 1, 1]


def test_weights_are_blended_where_halfway_is_no_worse(views: ViewSet) -> None:
    first, second = Net(0.05), Net(-0.05)
    renderer = Renderer({2: {"a": first, "b": second}}, views, CPU)
    assert renderer.interpolation == {2: "weights"}
    between = copy.deepcopy(first)
    with torch.no_grad():
        between.conv.weight.copy_(0.75 * first.conv.weight + 0.25 * second.conv.weight)
    expected = _bytes(upscale_views(between, views.take([1]), 2, CPU)[0])
    assert torch.equal(renderer.picture(Shown(2, 1, 25)), expected)


class Permuted(nn.Module):
    """Undoes with one layer what the other does: alone each network is right, between the two it is not."""

    def __init__(self, sign: float) -> None:
        super().__init__()
        self.there = nn.Parameter(torch.tensor(sign))
        self.back = nn.Parameter(torch.tensor(sign))

    def forward(self, x: Tensor) -> Tensor:
        return self.back * self.there * bilinear(2)(x)


def test_pictures_are_blended_where_weights_lead_through_bad_networks(views: ViewSet) -> None:
    renderer = Renderer({2: {"a": Permuted(1.0), "b": Permuted(-1.0)}}, views, CPU)
    assert renderer.interpolation == {2: "outputs"}
    other = Renderer({2: {"a": Permuted(1.0), "b": Net(0.3)}}, views, CPU)
    assert other.interpolation == {2: "outputs"}
    ends = [other.picture(Shown(2, 0, what)).float() for what in (0, 100)]
    assert not torch.equal(*ends)
    mixed = other.picture(Shown(2, 0, 20)).float()
    assert float((mixed - (0.8 * ends[0] + 0.2 * ends[1])).abs().max()) <= 0.5


def test_later_training_changes_nothing_in_the_viewer(views: ViewSet) -> None:
    network = Net(0.05)
    renderer = Renderer({2: {"MSE": network}}, views, CPU)
    expected = _bytes(upscale_views(network, views.take([0]), 2, CPU)[0])
    with torch.no_grad():
        network.conv.weight.fill_(3)
    network.train()
    assert torch.equal(renderer.picture(Shown(2, 0, 0)), expected)
    assert network.training


@pytest.mark.usefixtures("course_weights")
def test_scores_and_features_are_those_of_the_picture_shown(views: ViewSet) -> None:
    renderer = Renderer({2: {"MSE": Net(0.2)}}, views, CPU)
    shown = Shown(2, 3, "input")
    picture, truth = (renderer.picture(one).float() / 255 for one in (shown, shown._replace(what="truth")))
    assert torch.equal(truth, views.pictures[3] / 255)
    assert renderer.scores(shown) == score(picture[None], truth[None]).mean()
    resized = [
        nn.functional.interpolate(normalize(one[None]), size=224, mode="bilinear", align_corners=False)
        for one in (picture, truth)
    ]
    vgg = vgg16_features(16).requires_grad_(False)
    loss = nn.functional.l1_loss(*(vgg(one) for one in resized))
    assert float(renderer.features(shown).mean()) == pytest.approx(float(loss), rel=1e-4)
    assert float(feature_distance(features(truth), features(truth)).max()) == 0


def test_picture_part_is_a_lossless_png(views: ViewSet) -> None:
    renderer = Renderer({2: {"MSE": Net(0.2)}}, views, CPU)
    content = part(renderer, key("picture", Shown(2, 2, "truth")))
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.format == "PNG"
        np.testing.assert_array_equal(np.asarray(picture), views.pictures[2].permute(1, 2, 0).numpy())
    with pytest.raises(ValueError, match="sound/2/2/truth"):
        part(renderer, "sound/2/2/truth")


@pytest.mark.usefixtures("course_weights")
def test_viewer_brings_a_plain_picture_along(views: ViewSet) -> None:
    viewer = compare({"MSE": Net(0.2), "Perceptual": Net(0.1)}, views, scale=2, device=CPU)
    data, _ = viewer._repr_mimebundle_()
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == viewer.model_id
    with Image.open(io.BytesIO(base64.b64decode(data["image/png"]))) as picture:
        assert picture.width > 1000 and len(picture.convert("RGB").getcolors(2**24) or []) > 2000


def test_question_from_the_browser_is_answered_or_explained(
    views: ViewSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = compare({"MSE": Net(0.2)}, views, scale=2, device=CPU)
    sent: list[tuple[dict[str, object], list[bytes]]] = []
    monkeypatch.setattr(viewer, "send", lambda content, buffers=(): sent.append((content, list(buffers))))
    viewer._answer(viewer, {"number": "a", "names": ["picture/2/0/0", "picture/2/1/truth"]}, [])
    viewer._answer(viewer, {"number": "b", "names": ["picture/3/0/0"]}, [])
    assert sent[0][0] == {"number": "a"} and [one[:4] for one in sent[0][1]] == [b"\x89PNG"] * 2
    assert sent[1][0]["number"] == "b" and "error" in sent[1][0]


def test_compare_refuses_in_german_what_it_cannot_show(views: ViewSet) -> None:
    net = Net(0.1)
    with pytest.raises(ValueError, match="ein oder zwei Netze"):
        compare({"a": net, "b": net, "c": net}, views, scale=2)
    with pytest.raises(ValueError, match="scale=2"):
        compare({"a": net}, views)
    with pytest.raises(ValueError, match="Faktor 3"):
        compare({2: {"a": net}}, views, scale=3)
    with pytest.raises(ValueError, match="denselben Namen"):
        compare({2: {"a": net}, 4: {"b": net}}, views)
