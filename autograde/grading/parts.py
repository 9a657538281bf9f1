"""Finds the cells of an Aufgabe in a submission, whatever was done to them, and puts them in order."""

import copy

from nbformat import NotebookNode

# A code answer that is gone may have been written into a cell of its own. So the stub, which would define the answer
# anew, stays away; the cell is there for the instructor's comment.
_GONE = "# Diese Antwortzelle fehlt in der Abgabe."


def restore_parts(cells: list[NotebookNode], release: NotebookNode) -> list[NotebookNode]:
    """Return the cells of a submission with all marked cells of the release, each of them once.

    nbgrader's metadata comes from the release, by grade id; what a submission says about points, locks or versions is not
    read. Answers stay where they are as long as they come in the release's order; one that stands above its predecessor
    moves down below it, since moving down cannot take away what a cell needs. A check stands between its answer and the
    next one as the student had it, or else directly below its answer, and a question directly above its written answer.

    Args:
        cells: the submission's cells; ``metadata.nbgrader.grade_id`` or their id says which marked cell they claim to be.
        release: the released notebook.
    """
    marked = [cell for cell in release.cells if grade_id(cell)]
    result = list(cells)
    chosen = {grade_id(one): _take(result, one, _check_of(one, marked)) for one in marked}
    for cell in result:
        cell.metadata.pop("nbgrader", None)

    answers = [cell for cell in marked if _is_answer(cell)]
    placed: list[NotebookNode] = []
    for number, answer in enumerate(answers):
        later = [chosen[grade_id(one)] for one in (_check_of(answer, marked), *answers[number + 1 :]) if one]
        placed.append(_put_answer(result, answer, chosen[grade_id(answer)], placed[-1:], later))
    for number, answer in enumerate(answers):
        original = _check_of(answer, marked)
        if original:
            _put_check(result, original, chosen[grade_id(original)], placed[number : number + 2])
    for question in marked:
        if not _is_answer(question) and not question.metadata.nbgrader.grade:
            written = chosen[grade_id(question)]
            if written is not None and written.source.strip() == question.source.strip():
                _remove(result, written)  # a changed one stays as text: somebody may have answered in it
            rest = [answer for answer in answers if marked.index(answer) > marked.index(question)]
            place = _place(result, placed[answers.index(rest[0])]) if rest else len(result)
            result.insert(place, copy.deepcopy(question))
    return result


def grade_id(cell: NotebookNode) -> str:
    """Return the grade id that a cell carries, ``""`` for none."""
    nbgrader = cell.metadata.get("nbgrader")
    name = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return name if isinstance(name, str) else ""


def has_parts(cells: list[NotebookNode], release: NotebookNode) -> bool:
    """Return whether a submission has any marked cell of the release; without them, it is of another Aufgabe."""
    return any(_claimants(cells, grade_id(cell)) for cell in release.cells if grade_id(cell))


def written_answers(cells: list[NotebookNode], release: NotebookNode) -> set[tuple[str, str]]:
    """Return the grade id and the source of every answer in which somebody has written, of several copies each."""
    return {
        (grade_id(answer), cell.source.strip())
        for answer in release.cells
        if grade_id(answer) and _is_answer(answer)
        for cell in _claimants(cells, grade_id(answer))
        if cell.source.strip() not in ("", answer.source.strip())
    }


def _claimants(cells: list[NotebookNode], name: str) -> list[NotebookNode]:
    """Return the cells with a grade id; where none has it, those whose own id it is, since editors drop metadata."""
    return [cell for cell in cells if grade_id(cell) == name] or [cell for cell in cells if cell.id == name]


def _take(
    cells: list[NotebookNode], original: NotebookNode, check: NotebookNode | None
) -> NotebookNode | None:
    """Return which of several copies is the marked cell; the others become ordinary cells, or go if nobody wrote in them.

    nbgrader takes the last copy of an answer. Here an untouched one is never the answer if another was written, and must
    not run either: it would define the answer anew. A copy above the check comes before one below it, since the check has
    told the student about the former, while the latter may be a trial. Of our own cells only the place matters.
    """
    claimants = _claimants(cells, grade_id(original))
    untouched = [cell for cell in claimants if cell.source.strip() == original.source.strip()]
    written = [cell for cell in claimants if not any(cell is one for one in untouched)]
    candidates = written or untouched if _is_answer(original) else untouched or written
    checks = _claimants(cells, grade_id(check)) if check else []
    if checks:
        limit = _place(cells, checks[-1])
        candidates = [cell for cell in candidates if _place(cells, cell) < limit] or candidates
    cell = candidates[-1] if candidates else None
    for one in untouched:
        if one is not cell:
            _remove(cells, one)
    return cell


def _put_answer(
    cells: list[NotebookNode],
    original: NotebookNode,
    answer: NotebookNode | None,
    previous: list[NotebookNode],
    later: list[NotebookNode | None],
) -> NotebookNode:
    """Put an answer below its predecessor, and return it."""
    least = _place(cells, previous[0]) + 1 if previous else 0
    if answer is None:
        answer = copy.deepcopy(original)
        if answer.cell_type == "code":
            answer.source = _GONE
        # As late as possible: what was written in its place has to run first.
        places = [_place(cells, cell) for cell in later if cell is not None]
        cells.insert(max(least, min(places, default=len(cells))), answer)
        return answer
    if _place(cells, answer) < least:
        _remove(cells, answer)
        cells.insert(least - 1, answer)
    written = {"source": answer.source, "attachments": answer.get("attachments")}
    if answer.source.strip() == original.source.strip():
        written["source"] = (
            original.source
        )  # nbgrader gives 0 for an answer left empty, which it knows to the letter
    answer.clear()
    answer |= copy.deepcopy(original) | {"source": written["source"]}
    if original.cell_type == "markdown" and written["attachments"]:
        answer.attachments = written["attachments"]
    return answer


def _put_check(
    cells: list[NotebookNode],
    original: NotebookNode,
    check: NotebookNode | None,
    answers: list[NotebookNode],
) -> None:
    """Put a check below its answer and above the next one."""
    place = _place(cells, answers[0]) + 1
    if check is not None:
        limit = _place(cells, answers[1]) if len(answers) > 1 else len(cells)
        now = _place(cells, check)
        _remove(cells, check)
        place = now if place <= now < limit else _place(cells, answers[0]) + 1
    cells.insert(place, copy.deepcopy(original))


def _check_of(answer: NotebookNode, marked: list[NotebookNode]) -> NotebookNode | None:
    """Return the check of an answer, which carries its grade id and a suffix; a written answer has none."""
    if not _is_answer(answer):
        return None
    return next((cell for cell in marked if grade_id(cell) == f"{grade_id(answer)}-check"), None)


def _is_answer(cell: NotebookNode) -> bool:
    return bool(cell.metadata.nbgrader.solution)


def _place(cells: list[NotebookNode], cell: NotebookNode) -> int:
    return next(number for number, one in enumerate(cells) if one is cell)


def _remove(cells: list[NotebookNode], cell: NotebookNode | None) -> None:
    if cell is not None:
        del cells[_place(cells, cell)]
