"""What a body that is too large is answered with."""

from http import HTTPStatus

from gateway.errors import IN_DANGER, ApiError


def too_large() -> ApiError:
    """The error; the limit is far more than is answered, so that all of that is screened."""
    return ApiError(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "too_large",
        "That is more than 256 KiB. Send the most important part in a few sentences. " + IN_DANGER,
    )
