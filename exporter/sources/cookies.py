"""Cookies: those that the user exported from a browser, and those that servers set during a run.

The latter are not saved; without them, some servers redirect without end.
"""

from __future__ import annotations

from http.cookiejar import DefaultCookiePolicy, LoadError, MozillaCookieJar
from typing import Any
from urllib.request import Request

from exporter.errors import UsageError, describe_error


class Cookies:
    """A cookie jar; a cookie is sent only to the site that it belongs to, as browsers do."""

    def __init__(self, file: str = "") -> None:
        """Read a cookies.txt file unless `file` is empty; raises `UsageError` if it cannot be read."""
        strict = DefaultCookiePolicy(strict_ns_domain=DefaultCookiePolicy.DomainStrict)
        self._jar = MozillaCookieJar(file, policy=strict)
        if not file:
            return
        try:
            self._jar.load(ignore_discard=True, ignore_expires=True)
        except (OSError, UnicodeDecodeError, LoadError) as error:
            is_system_error = isinstance(error, OSError) and not isinstance(error, LoadError)
            cause = (
                describe_error(error, "NotReadable") if is_system_error else "BadCookies: it is not a cookies.txt file"
            )
            remedy = "Export the cookies from your browser as a cookies.txt file (Netscape's format)."
            raise UsageError("reading cookies", file, cause, remedy) from error
        for cookie in self._jar:
            cookie.expires = cookie.expires or None  # in these files, 0 means: until the browser is closed

    def cookie_header(self, url: str) -> str:
        """Return the Cookie header of a request for a URL, or empty."""
        request = Request(url)  # noqa: S310  it is never opened
        self._jar.add_cookie_header(request)
        return str(request.get_header("Cookie", ""))

    def store(self, url: str, response: Any) -> None:
        """Store the cookies that an answer (of urllib3) sets."""
        self._jar.extract_cookies(response, Request(url))  # noqa: S310  it is never opened
