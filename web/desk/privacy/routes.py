"""All pages of this package."""

from desk.privacy import conversation_pages, erasing_pages, log_pages, retention

routes = [
    *log_pages.routes,
    *conversation_pages.routes,
    *erasing_pages.routes,
    *retention.routes,
]
