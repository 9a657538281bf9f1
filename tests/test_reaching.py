"""Code that reaches for what answers the grader's questions is left to a person; answers as students write them are not."""

import nbformat
import pytest

from autograde.course import load_course
from autograde.grading.reaching import reaching
from autograde.mutants.corpus import BLIND, CORPUS, load

HONEST = [
    "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.rcParams['figure.dpi'] = 100",
    "!nvidia-smi\n%pip install tqdm",
    "%%time\nprint(1)",
    "%timeit -n 10 loss(x, y)",
    "torch.backends.cudnn.benchmark = True",
    'check("a1-tv", globals())',
    "from srcourse.checks import check",
    "model.fc = nn.Linear(3, 4)\nmodel.eval()\nfor p in model.parameters(): p.requires_grad = False",
    "class A(nn.Module):\n    def train(self, mode=True):\n        return super().train(False)",
    'setattr(self, "block1", ResNetBlock(3, 16))',
    'for i in range(4):\n    setattr(self, f"block{i}", ResNetBlock(3, 16))\n    getattr(self, f"block{i}")',
    'setattr(self, "block" + str(1), 3)',
    "Conv = nn.Conv2d\nself.conv = Conv(3, 16, 3)\nself.conv.bias = None",
    "class A(nn.Module):\n    def forward(self, x):\n        parameters = list(self.parameters())\n        return x",
    "type(x)",
    "this is no Python",
    "loss?\n?loss\nx = 1",
    "%config InlineBackend.figure_format = 'retina'",
    "%env CUDA_VISIBLE_DEVICES=0\n%time y = model(x)",
    "history",
    "time = 3",
    "pwd",
    # Names of a loop or a tuple stand for what is the student's own here.
    "for p in vgg16(weights=VGG16_Weights.DEFAULT).parameters():\n    p.requires_grad = False",
    "net, kind = Net(), nn.MSELoss\nnet.bias = None",
    "for layer, kind in zip(self.layers, [nn.ReLU, nn.PReLU]):\n    layer.act = kind()",
    "for layer, kind in [(self.first, nn.ReLU), (self.last, nn.PReLU)]:\n    layer.act = kind()",
    "for i, layer in enumerate(self.features):\n    layer.inplace = False",
    "for cls in (Upscale2x, Upscale4x):\n    model = cls()\n    model.note = 'neu'",
    "layers = [nn.Conv2d(3, 3, 3), nn.ReLU()]\nlayers[0].bias = None",
    "with torch.no_grad() as off, open('x') as file:\n    file.name = off",
    "import functools\ndef timed(f):\n    @functools.wraps(f)\n    def inner(*a):\n        return f(*a)\n    return inner",
    "from functools import wraps\ndef timed(f):\n    @wraps(f)\n    def inner(*a):\n        return f(*a)\n    return inner",
    "class A(nn.Module):\n    @property\n    def depth(self):\n        return 3",
    "kind = type(model).__name__",
]
REACHING = [
    "from srcourse.checks.local import LocalSubmission",
    "import srcourse.checks as c",
    "from srcourse import checks",
    "import sys\nsys.modules['torch'] = None",
    "import sys\nprint(sys)",
    "import sys as system",
    "import gc\ngc.get_objects()",
    "from sys import modules",
    "sys.stdout = None\nimport sys",
    "import IPython",
    "import written_by_myself",
    "import inside.agent",
    "nn.Module.named_parameters = lambda self: iter(())",
    "torch.Tensor.requires_grad = property(lambda self: False)",
    'setattr(nn.Module, "named_parameters", None)',
    "patch = setattr\npatch(nn.Module, 'modules', None)",
    "@add_to_class(nn.Module)\ndef named_parameters(self): return iter(())",
    "class A(nn.Module):\n    def named_parameters(self):\n        return iter(())",
    "class A(nn.Module):\n    parameters = None",
    "class A(nn.Module):\n    if True:\n        def named_parameters(self):\n            return iter(())",
    "class A(nn.Module):\n    parameters: object = None",
    "class A(nn.Module):\n    from other import fake as state_dict",
    "A.named_parameters = lambda self: iter(())",
    "self.__class__ = Other",
    'setattr(A, "named_parameters", None)',
    'setattr(A, "named_" + "parameters", None)',
    "Base = nn.Module\nBase.modules = None",
    "A, B = 1, 2\nBase = Other = nn.Module\nOther.training = False",
    "print(Base := torch.Tensor)\nBase.backward = None",
    "class Still(nn.Parameter):\n    requires_grad = property(lambda self: False)",
    "class Still(nn.Parameter):\n    def __torch_function__(self, *given):\n        return False",
    "class Fake:\n    def __get__(self, *given):\n        return False",
    "for T in (nn.Parameter,):\n    T.requires_grad = fake",
    "for one, T in [(1, nn.Parameter), (2, 3, 4)]:\n    T.requires_grad = fake",
    "for one, *T in [(1, nn.Parameter)]:\n    T[0].requires_grad = fake",
    "for one, T in zip([1], [nn.Parameter]):\n    T.requires_grad = fake",
    "async def f():\n    async for T in nn.Parameter:\n        T.requires_grad = fake",
    "with contextlib.nullcontext(nn.Parameter) as T:\n    T.requires_grad = fake",
    "[T for T in [nn.Parameter] if patch(T)]\ndef patch(T):\n    T.requires_grad = fake",
    "one, T = 1, nn.Parameter\nT.requires_grad = fake",
    "kinds = {'p': nn.Parameter}\nkinds['p'].requires_grad = fake",
    "T = getattr(nn, 'Parameter')\nT.requires_grad = fake",
    "T = next(iter([nn.Parameter]))\nT.requires_grad = fake",
    "T = nn.Linear if False else nn.Parameter\nT.requires_grad = fake",
    # In whatever order, and in as many steps.
    "def f():\n    C.requires_grad = fake\nC = B\nif True:\n    B = A\nA = nn.Parameter",
    "type(model).forward = fake",
    "for p in model.parameters():\n    p.__class__.requires_grad = fake",
    "import functools\nfunctools.update_wrapper(nn.Parameter, fake, assigned=('requires_grad',), updated=())",
    "from functools import update_wrapper as copied\ncopied(nn.Parameter, fake)",
    "from functools import wraps\nwraps(fake, assigned=('requires_grad',))(nn.Parameter)",
    "import functools\n@functools.wraps(fake, assigned=('requires_grad',))\ndef f(): pass",
    "from functools import wraps as copied",
    "from functools import wraps\n@wraps(fake)\nclass Net(nn.Module): pass",
    "import pytest\npytest.MonkeyPatch().setattr(nn.Parameter, 'requires_grad', fake)",
    "from collections import _sys\n_sys.path",
    'getattr(f, "__globals__")',
    'getattr(f, "__glo" + "bals__")',
    'getattr(f, "__" + "globals" + "__")',
    'A = type("A", (nn.Module,), methods)',
    "type.__setattr__(nn.Module, 'x', 1)",
    "object.__subclasses__()",
    "exec('1')",
    "%run other.py",
    "%%python\n1",
    "%time exec('1')",
    "model?\nimport ctypes",
    "files = !ls\nimport ctypes",
    "import numpy as np\nnp.random.seed = 3",
    "get_ipython().user_ns",
    # Lines that look like IPython's own in the middle of Python.
    "ok = (0\n!= 1)\nfrom srcourse.checks.local import LocalSubmission",
    "x = 7\\\n%env\nimport ctypes",
    'text = """\n%config\n"""\nimport ctypes',
    # Magics that run Python: behind an equals sign, in braces, without their percent sign, or inside each other.
    "%config A.b = __import__('ctypes')",
    "%env A={exec('1')}",
    "!echo {exec('1')}",
    "config A.b = __import__('ctypes')",
    "run other.py",
    "run - x.py",
    "time exec('1')",
    "%time %time %time %time %time exec('1')",
    "%%timeit exec('1')\nx = 1",
    "%timeit -n 1 -r 1 exec('1')",
    "print.__self__.exec('1')",
    "m = torch.sys.modules['srcourse.checks.local']",
    "import collections\ncollections._sys.modules",
    "getattr(torch, 's' + 'ys')",
    # Finished parts of answers.
    "from srcourse.weights import vgg16_features",
    "from srcourse.weights import vgg16_features as vgg",
    "import srcourse\nvgg = srcourse.weights.vgg16_features(16)",
    "from srcourse.compare import maps\nloss = maps.feature_distance",
]


@pytest.mark.parametrize("source", HONEST)
def test_what_students_write_is_left_alone(source: str) -> None:
    assert reaching([source]) is None


@pytest.mark.parametrize("source", REACHING)
def test_what_no_answer_needs_is_shown(source: str) -> None:
    found = reaching(["x = 1", source])
    assert found is not None
    # Of what only IPython understands, the line is shown as it runs it.
    assert found in source or "get_ipython" in found


def test_no_answer_of_the_collections_reaches_and_no_solution() -> None:
    for folder in (CORPUS, BLIND):
        assert [one.path for one in load(folder) if reaching([one.source])] == []
    for aufgabe in load_course().values():
        cells = nbformat.read(aufgabe.solution, as_version=4).cells
        assert (
            reaching([one.source for one in cells if one.cell_type == "code" and "-check" not in one.id])
            is None
        )


def test_blank_lines_and_bombs_take_no_time() -> None:
    # Quadratic patterns would take minutes, and so fail by the test's own patience.
    many = ", ".join(f"a{n}" for n in range(10_000))
    for source in (
        *("\n" * 100_000, " " * 100_000, "\t\n" * 50_000),
        f"{many} = [{many}, 1]",
        f"for {many} in [{many}]: pass",
        "\n".join(f"a{n} = a{n + 1}" for n in range(10_000)),
    ):
        assert reaching([source]) is None
