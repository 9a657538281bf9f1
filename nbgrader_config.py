"""nbgrader's configuration: its commands and its pages in JupyterLab work on this checkout as it is."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
if str(ROOT) not in sys.path:  # nbgrader reads this file again and again
    sys.path.insert(0, str(ROOT))

from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback  # noqa: E402
from nbgrader.preprocessors import ClearOutput, Execute, SaveAutoGrades, SaveCells  # noqa: E402

from autograde.grading.cleaning import KeepOnlyTheAllowed  # noqa: E402
from autograde.grading.every import find_graded, find_submissions  # noqa: E402
from autograde.grading.execute import GradeInSandbox  # noqa: E402
from autograde.grading.kernels import kernel_arguments  # noqa: E402
from autograde.grading.markdown import harmless_markdown  # noqa: E402
from autograde.grading.outputs import KeepTrainingOutputs, RestoreOutputs  # noqa: E402
from autograde.grading.reading import TolerantNotebookExporter  # noqa: E402
from autograde.grading.recording import RecordGrades  # noqa: E402
from autograde.grading.showing import FeedbackExporter, ShowOnlyHarmless, WithoutOurTraceback  # noqa: E402
from autograde.release.preprocessors import (  # noqa: E402
    InsertColabBadge,
    InsertInstallCell,
    SaveCellsAndDueDate,
    WithholdInstructorParts,
)

c = get_config()  # noqa: F821

# Folders. submitted/, autograded/, feedback/ and the gradebook hold students' data: git ignores them.
c.CourseDirectory.root = str(ROOT)
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
# Two processes that grade at once wait for each other instead of failing with "database is locked". Only
# `nbgrader db upgrade` takes the address for a file name: give it --db sqlite:///gradebook.db.
c.CourseDirectory.db_url = f"sqlite:///{ROOT}/gradebook.db?timeout=120"

# nbgrader starts `alembic` by that name when it makes a database, which fails in a virtual environment nobody activated.
if shutil.which("alembic") is None:
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])

# Release. notebooks/ is committed, so there always is an earlier release to overwrite; without force, nbgrader would
# skip it and leave the gradebook empty.
c.GenerateAssignment.force = True
_release_steps = GenerateAssignment.class_traits()["preprocessors"].default()
c.GenerateAssignment.preprocessors = [
    InsertInstallCell,
    InsertColabBadge,
    *(SaveCellsAndDueDate if step is SaveCells else step for step in _release_steps),
]
c.ClearSolutions.code_stub = {"python": 'raise NotImplementedError("Hier fehlt noch Ihre Lösung.")'}
c.ClearSolutions.text_stub = "*Ihre Antwort hier, statt dieses Satzes.*"
# Mark schemes stand in the locked cell with the question: formgrader shows locked cells as the instructor wrote them.
# nbgrader would have them in "task" cells only, which give no automatic 0 for an answer left empty.
c.ClearMarkScheme.enforce_metadata = False

# Execution, in validate, autograde and behind the buttons in JupyterLab alike. Set in the kernel itself: an environment
# variable set here would reach every kernel of a JupyterLab that has loaded nbgrader's pages.
c.Execute.extra_arguments = kernel_arguments()
c.Execute.timeout = 600  # seconds per cell; the slowest one trains for a few seconds
c.Execute.startup_timeout = 180
c.Execute.iopub_timeout = 60
if os.name == "posix":
    # Unix sockets: a machine with its network cut has no loopback interface either.
    c.KernelManager.transport = "ipc"
    c.KernelManager.ip = f"{tempfile.gettempdir()}/srcourse-{os.getpid()}"

# Grading. What students hand in is read, cleaned and put in order before any step of nbgrader's sees it.
Autograde.init_notebooks = find_submissions
c.Autograde.exporter_class = TolerantNotebookExporter
c.Autograde.sanitize_preprocessors = [
    KeepOnlyTheAllowed,
    *(
        KeepTrainingOutputs if step is ClearOutput else step
        for step in Autograde.class_traits()["sanitize_preprocessors"].default()
    ),
]
_replaced = {Execute: [GradeInSandbox, RestoreOutputs], SaveAutoGrades: [RecordGrades]}
c.Autograde.autograde_preprocessors = [
    preprocessor
    for step in Autograde.class_traits()["autograde_preprocessors"].default()
    for preprocessor in _replaced.get(step, [step])
]

# Pages with students' texts, in formgrader and in the feedback.
c.HTMLExporter.filters = {"markdown2html": harmless_markdown}
c.HTMLExporter.preprocessors = [ShowOnlyHarmless]
c.HTMLExporter.sanitize_html = True

# Feedback goes to students.
GenerateFeedback.init_notebooks = find_graded
c.GenerateFeedback.exporter_class = FeedbackExporter
c.FeedbackExporter.template_name = "srcourse_feedback"
c.FeedbackExporter.extra_template_basedirs = [str(ROOT / "autograde" / "grading" / "templates")]
c.GenerateFeedback.preprocessors = [
    WithholdInstructorParts,
    WithoutOurTraceback,
    *GenerateFeedback.class_traits()["preprocessors"].default(),
]

# Formgrader would print all of this at the top of its first page.
c.FormgradeExtension.debug = False
