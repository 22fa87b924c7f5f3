"""Passwords of destinations: from the environment or the system's keyring, never from a settings file."""

from __future__ import annotations

import os
import ssl
from importlib.util import find_spec

import certifi

from exporter.errors import UsageError


def find_password(variable: str, host: str, user: str) -> str | None:
    """Return the password of a user: that of the environment variable, if one is named, else the keyring's.

    None if no variable is named and the keyring has none. Raises `UsageError` if the variable is not set or the keyring
    cannot be read.
    """
    if variable:
        if password := os.environ.get(variable):
            return password
        cause = "NotSet: the environment has no variable of that name with the password"
        raise UsageError("logging in", variable, cause, f"Set it: export {variable}=...")
    if not find_spec("keyring"):
        return None
    import keyring  # noqa: PLC0415  60 ms, and an extra
    from keyring.errors import KeyringError, NoKeyringError  # noqa: PLC0415  as above

    try:
        return keyring.get_password(host, user)
    except NoKeyringError:
        return None
    except KeyringError as error:
        cause = f"KeyringError: {' '.join(str(error).split()) or 'it is locked'}"
        raise UsageError(
            "logging in", f"{user} at {host}", cause, "Unlock the keyring, or set password_env."
        ) from error


def make_ssl_context() -> ssl.SSLContext:
    """Return a context that checks certificates: by the system's authorities and Mozilla's."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
