"""The proxies that the user's environment names: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, and NO_PROXY for exceptions.

The check for private IP addresses applies with a proxy, too. A name that only the proxy can resolve is not checked.
"""

from __future__ import annotations

import ssl
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.util import make_headers

from exporter.errors import UsageError
from exporter.sources.name_lookup import look_up
from exporter.sources.request_watch import WATCHED_POOLS
from exporter.sources.url_safety import Address


def find_proxy(address: Address) -> str:
    """Return the URL of the proxy for an address; empty if none is set, or not for this host."""
    urls = getproxies()
    proxy = urls.get(address.scheme) or urls.get("all") or ""
    if not proxy or proxy_bypass(address.authority):
        return ""
    return proxy if "://" in proxy else f"http://{proxy}"


def look_up_proxy(proxy: str, seconds: float) -> None:
    """Look up the host of a proxy: urllib3 does so again, but would wait for a silent name server without end.

    Raises `OSError` if it is unknown, or if there is no answer within the seconds.
    """
    if host := urlsplit(proxy).hostname:
        look_up(host, 0, seconds)


def connect_proxy(proxy: str, timeout: urllib3.Timeout, trust: ssl.SSLContext) -> urllib3.ProxyManager:
    """Return the manager of connections through a proxy; raises `UsageError` unless it is an HTTP proxy."""
    parts = urlsplit(proxy)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(
            "connecting",
            f"{parts.scheme}://{parts.hostname}",
            "BadProxy: it is not an HTTP proxy",
            "Set HTTPS_PROXY and HTTP_PROXY to an address like http://proxy.example:3128.",
        )
    login = f"{unquote(parts.username)}:{unquote(parts.password or '')}" if parts.username else None
    headers = make_headers(proxy_basic_auth=login) if login else None
    manager = urllib3.ProxyManager(proxy, proxy_headers=headers, timeout=timeout, ssl_context=trust)
    manager.pool_classes_by_scheme = WATCHED_POOLS
    return manager
