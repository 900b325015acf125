"""What can go wrong, as a reader of the message sees it: one line that says what is wrong and what to do.

WenbaoError
├── UsageError            the call is wrong (exit status 2)
│   └── QuestionError     an empty or over-long question, a control character, a wrong type
├── ReadError             a file that cannot be read as a report
├── CorrectionError       a correction that cannot be read, or whose figure no longer stands there
├── IndexFolderError      an index folder that is missing, broken or of another format
│   └── ModelMismatch     the index was built with another model than the one asked for
├── ModelError            an embedding model that cannot be had or loaded
│   └── WeightsError      packaged weights that are missing or damaged (index/encode/weights.py)
├── BackendError          a Milvus that cannot be reached, refuses, or holds no index of this format
├── NotFound              no such report, no such paragraph
├── AccountsError         a file of accounts that cannot be read or written (web/server/accounts.py)
└── CannotListen          an address that cannot be served at (web/server/run.py)
"""


class WenbaoError(Exception):
    """Any failure that is understood: exit status 1, one line."""


class UsageError(WenbaoError):
    """The call itself is wrong: exit status 2."""


class QuestionError(UsageError):
    """A question that cannot be asked."""


class ReadError(WenbaoError):
    """A file that cannot be read as a report."""


class CorrectionError(WenbaoError):
    """A correction that cannot be applied: the build stops, so that no figure is shown uncorrected."""


class IndexFolderError(WenbaoError):
    """An index folder that is missing, damaged or of another format."""


class ModelMismatch(IndexFolderError):
    """The index was built with another embedding model."""


class ModelError(WenbaoError):
    """An embedding model that cannot be had or loaded."""


class BackendError(WenbaoError):
    """A Milvus that cannot be reached, that refuses, or whose index is missing or of another format."""


class NotFound(WenbaoError):
    """A report or a paragraph that is not in the index."""
