"""Why a file of the content cannot be read, as it is told to whoever can mend it."""


class BrokenYaml(ValueError):
    """A text that is not YAML as the content has it.

    Attributes:
        line: where, counted from 1.
        message: what is wrong, and what to do.
    """

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"Line {line}: {message}")
        self.line = line
        self.message = message
