"""HTTP by httptools, which itself takes a request's head of any length."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD = 64 * 1024


class BoundedHead(HttpToolsProtocol):
    """Closes a connection on which a request grows beyond `MAX_HEAD` bytes that are no body.

    They are its head, its trailers, or what may stand beside the length of a chunk. A body has a
    limit of its own.
    """

    _beside = 0
    _in_body = False

    def data_received(self, data: bytes) -> None:
        """Take what came."""
        self._in_body = False
        super().data_received(data)
        if not self._in_body:
            self._beside += len(data)
            if self._beside > MAX_HEAD:
                self.transport.close()

    def on_message_begin(self) -> None:
        """A head begins."""
        self._beside = 0
        super().on_message_begin()

    def on_body(self, body: bytes) -> None:
        """A part of the body came; of the bytes around it, those that come next are counted."""
        self._beside, self._in_body = 0, True
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is complete."""
        self._beside, self._in_body = 0, True
        super().on_message_complete()
