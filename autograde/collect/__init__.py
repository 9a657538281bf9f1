"""Submissions from a learning platform into the course folder, and what the way back has to know about each."""

from autograde.collect.collecting import collect
from autograde.collect.report import Collected, CollectError, describe

__all__ = ["CollectError", "Collected", "collect", "describe"]
