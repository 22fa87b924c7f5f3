"""The proxies that the user's environment names: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, and NO_PROXY for exceptions.

The guard against private addresses holds with a proxy, too: a host that is private where we are is not asked for. What
a name means that only the proxy can resolve is up to the proxy.
"""

from __future__ import annotations

import ssl
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.util import make_headers

from exporter.errors import UsageError
from exporter.sources.url_safety import Address


def find_proxy(address: Address) -> str:
    """Return the URL of the proxy for an address, or empty."""
    known = getproxies()
    proxy = known.get(address.scheme) or known.get("all") or ""
    if not proxy or proxy_bypass(address.authority):
        return ""
    return proxy if "://" in proxy else f"http://{proxy}"


def connect_proxy(proxy: str, timeout: urllib3.Timeout, trust: ssl.SSLContext) -> urllib3.ProxyManager:
    """Make the connections through a proxy; raises `UsageError` for one of another kind than HTTP."""
    parts = urlsplit(proxy)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(
            "connecting",
            f"{parts.scheme}://{parts.hostname}",
            "BadProxy: it is no HTTP proxy",
            "Set HTTPS_PROXY and HTTP_PROXY to an address like http://proxy.example:3128.",
        )
    login = f"{unquote(parts.username)}:{unquote(parts.password or '')}" if parts.username else None
    headers = make_headers(proxy_basic_auth=login) if login else None
    return urllib3.ProxyManager(proxy, proxy_headers=headers, timeout=timeout, ssl_context=trust)
