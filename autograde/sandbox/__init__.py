"""Where students' code runs: alone, without network, with limits, and without a say in its own verdict."""

from autograde.sandbox.errors import ExhaustedError, NoAnswerError, SandboxUnavailableError, StoppedError
from autograde.sandbox.limits import Limits
from autograde.sandbox.session import Session

__all__ = ["ExhaustedError", "Limits", "NoAnswerError", "SandboxUnavailableError", "Session", "StoppedError"]
