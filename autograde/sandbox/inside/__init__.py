"""The only files of the grader that a submission can read: how it is asked, not what it is held against."""
