"""What known misconceptions compute, so that a wrong value can be traced back to the thought behind it.

Never part of what students install: it would tell the answers.
"""
