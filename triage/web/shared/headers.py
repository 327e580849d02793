"""The headers of every answer: nothing is kept by a browser, framed, sniffed, or loaded from elsewhere."""

from typing import Final

from flask import Flask, Response, request

_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_ALWAYS: Final = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}


def prepare_headers(app: Flask) -> None:
    """Set the headers on every answer; only style sheets and scripts may be kept by the browser."""

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers.update(_ALWAYS)
        kept = request.endpoint == "static" and response.status_code == 200
        response.headers["Cache-Control"] = "public, max-age=3600" if kept else "no-store"
        if app.config["SESSION_COOKIE_SECURE"]:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        return response
