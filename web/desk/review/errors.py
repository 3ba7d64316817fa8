"""What a review cannot do; each text tells a reviewer what to do next."""


class CannotReview(Exception):
    """It cannot be done; nothing was changed. The text never holds a patient's words."""


class ChangedMeanwhile(CannotReview):
    """Somebody else was faster.

    Args:
        who: who it was, where that is known.
    """

    def __init__(self, who: str = "") -> None:
        super().__init__(
            f"{who or 'Somebody else'} changed the review of this conversation meanwhile, so "
            "nothing was done. Here it is as it now stands; please look again."
        )


class Gone(CannotReview):
    """There is no such thing any more."""

    def __init__(self) -> None:
        super().__init__("It is not there any more. Nothing was done.")
