"""Downloads that go on where they stopped and are believed only after their hash."""

import base64
import errno
import http.client
import json
import os
import re
import ssl
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

from tqdm import tqdm

from srcourse.files import sha256
from srcourse.weights.errors import SourceError

_TIMEOUT = 20  # seconds without any answer
_ATTEMPTS = 3  # connections per call: a lecture hall's wireless network drops some
_PIECE = 1 << 18
# What a broken connection raises. Errors of the disk are OSErrors too, so this guards network calls only.
_NETWORK_ERRORS = (OSError, http.client.HTTPException)


def fetch(url: str, target: Path, digest: str, *, progress: bool) -> None:
    """Download ``url`` to ``target``; ``digest`` is its SHA-256 or the beginning of it.

    Pieces collect in ``target`` + ".part", which a later call continues, also after the process was killed.
    A target that is already there with the right hash is kept. Raises SourceError when the network does not
    deliver or the hash is wrong (the pieces are deleted then), OSError when the disk does not take it.
    """
    if target.exists() and sha256(target).startswith(digest):
        return
    part = target.with_name(target.name + ".part")
    part.parent.mkdir(parents=True, exist_ok=True)
    problem = ""
    for _ in range(_ATTEMPTS):
        try:
            problem = _append(url, part, progress=progress)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                part.unlink(missing_ok=True)
            raise
        if not problem:
            break
    else:
        raise SourceError(problem)
    if not sha256(part).startswith(digest):
        part.unlink()
        raise SourceError(
            f"{target.name} kam beschädigt an (falsche Prüfsumme) und wurde gelöscht; "
            "ein neuer Versuch lädt die Datei von vorn."
        )
    part.replace(target)


def get_json(url: str, accept: str) -> Any:
    """Return the JSON document at ``url``. Raises SourceError if there is none."""
    try:
        with _open(url, {"Accept": accept}) as answer:
            return json.load(answer)
    except _NETWORK_ERRORS as error:
        raise SourceError(_reason(url, error)) from error
    except ValueError as error:
        raise SourceError(f"{_host(url)} antwortet nicht mit JSON.") from error


def _append(url: str, part: Path, *, progress: bool) -> str:
    """Append to ``part`` what is missing; return why it is still incomplete, or an empty string."""
    have = part.stat().st_size if part.exists() else 0
    try:
        answer = _open(url, {"Range": f"bytes={have}-"} if have else {})
    except urllib.error.HTTPError as error:
        if have and error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            return ""  # nothing is left to fetch: the hash decides
        return _reason(url, error)
    except _NETWORK_ERRORS as error:
        return _reason(url, error)
    with answer:
        # A server that ignores the range sends everything from the start again.
        resumed = re.match(rf"bytes {have}-\d+/(\d+)", answer.headers.get("Content-Range", ""))
        if not resumed:
            have = 0
        length = resumed[1] if resumed else answer.headers.get("Content-Length")
        total = int(length) if length else None
        with (
            part.open("ab" if have else "wb") as stream,
            # Standard output, because nbgrader gives no point for a cell that wrote to standard error.
            tqdm(
                desc="Vortrainierte Gewichte",
                initial=have,
                total=total,
                unit="B",
                unit_scale=True,
                file=sys.stdout,
                disable=not progress,
            ) as bar,
        ):
            while True:
                try:
                    piece = answer.read(_PIECE)
                except _NETWORK_ERRORS as error:
                    return _reason(url, error)
                if not piece:
                    break
                stream.write(piece)
                have += len(piece)
                bar.update(len(piece))
    if total is not None and have < total:
        return f"Die Verbindung zu {_host(url)} brach nach {have / 1e6:.1f} von {total / 1e6:.1f} MB ab."
    return ""


def _open(url: str, headers: dict[str, str]) -> http.client.HTTPResponse:
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https"):
        raise urllib.error.URLError("nur http und https werden unterstützt")
    request = urllib.request.Request(parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl())
    if parts.username:
        # pip allows credentials in an index address, urllib does not. Unredirected: for this host only.
        pair = f"{urllib.parse.unquote(parts.username)}:{urllib.parse.unquote(parts.password or '')}"
        request.add_unredirected_header("Authorization", f"Basic {base64.b64encode(pair.encode()).decode()}")
    for name, value in headers.items():
        request.add_header(name, value)
    context = ssl.create_default_context(cafile=os.environ.get("PIP_CERT") or None)
    answer: http.client.HTTPResponse = urllib.request.urlopen(request, timeout=_TIMEOUT, context=context)
    return answer


def _host(url: str) -> str:
    return urllib.parse.urlsplit(url).hostname or "?"


def _reason(url: str, error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"{_host(url)} antwortet mit dem Fehler {error.code}."
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    return f"{_host(url)} ist nicht erreichbar ({cause})."
