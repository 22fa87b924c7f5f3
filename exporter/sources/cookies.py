"""Cookies: those of the user's browser, from a file that it exports, and those that servers set during a run.

What servers set is forgotten when the run ends; without it, some lead a reader round in circles.
"""

from __future__ import annotations

from http.cookiejar import DefaultCookiePolicy, LoadError, MozillaCookieJar
from typing import Any
from urllib.request import Request

from exporter.errors import UsageError


class Cookies:
    """Whose page is asked for is told to its own site only, as a browser does."""

    def __init__(self, file: str = "") -> None:
        """Read a cookies.txt where one is named; raises `UsageError` where it is none."""
        strict = DefaultCookiePolicy(strict_ns_domain=DefaultCookiePolicy.DomainStrict)
        self._jar = MozillaCookieJar(file, policy=strict)
        if not file:
            return
        try:
            self._jar.load(ignore_discard=True, ignore_expires=True)
        except (OSError, UnicodeDecodeError, LoadError) as error:
            words = "it is no cookies.txt" if isinstance(error, LoadError) else str(error)
            cause = f"{type(error).__name__}: {words}"
            raise UsageError("reading cookies", file, cause, "Export them from your browser, as text.") from error
        for cookie in self._jar:
            cookie.expires = cookie.expires or None  # 0 is the browser's word for: until it is closed

    def header(self, url: str) -> str:
        """What a request for a page says of its reader; empty for nothing."""
        request = Request(url)  # noqa: S310  it is never opened
        self._jar.add_cookie_header(request)
        return str(request.get_header("Cookie", ""))

    def keep(self, url: str, response: Any) -> None:
        """Keep what an answer (of urllib3's kind) sets."""
        self._jar.extract_cookies(response, Request(url))  # noqa: S310  it is never opened
