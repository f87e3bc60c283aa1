"""Fetches a file that somebody shared, from Slack and from nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.web import LOST
from corpus import limits
from corpus.errors import CorpusError

SECONDS = 120.0
CHUNK = 1 << 16  # bytes
HOSTS = ("slack.com", "slack-gov.com")


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file as an event names it; `size` is in bytes."""

    id: str
    name: str
    size: int
    url: str


def read_file(file: Mapping[str, Any]) -> SharedFile:
    """The file in an event; one that Slack itself does not hold has no address."""
    url = str(file.get("url_private_download") or file.get("url_private") or "")
    hosted = file.get("mode", "hosted") in ("hosted", "snippet", "post") and not file.get("is_external")
    size = file.get("size")
    return SharedFile(
        str(file.get("id", "")), str(file.get("name") or "file"), size if isinstance(size, int) else 0, url * hosted
    )


def refuse_large(file: SharedFile) -> None:
    """CorpusError for a file that is larger than a submission may be."""
    if file.size > limits.FILE_BYTES:
        raise CorpusError(
            f"{file.name}: has {file.size / 1e6:,.0f} MB, more than the {limits.FILE_BYTES / 1e6:,.0f} MB that a "
            "submission may have; split it, or take the pictures out"
        )


async def download(client: AsyncWebClient, session: aiohttp.ClientSession, file: SharedFile, target: Path) -> None:
    """Write a file's bytes to `target`; CorpusError where Slack does not give them whole."""
    if not _is_slacks(file.url, client.base_url):
        raise CorpusError(f"{file.name}: is not kept by Slack; upload the file itself")
    headers = {"Authorization": f"Bearer {client.token}"}
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    written = 0
    try:
        # A redirect leads to the sign-in page, or elsewhere with our token.
        async with session.get(
            file.url, headers=headers, timeout=timeout, proxy=client.proxy, allow_redirects=False
        ) as response:
            with target.open("wb") as out:
                async for chunk in response.content.iter_chunked(CHUNK):
                    written += len(chunk)
                    if response.status != 200 or written > file.size:
                        break
                    out.write(chunk)
    except LOST as error:
        raise CorpusError(f"{file.name}: could not be fetched from Slack; send it again") from error
    if written != file.size:
        raise CorpusError(f"{file.name}: Slack does not give it; does the app have the scope files:read?")


def _is_slacks(url: str, api: str) -> bool:
    """Whether the token may be sent there: to Slack over HTTPS, or to the local imitation that is the API."""
    there, ours = urlsplit(url), urlsplit(api)
    if (there.scheme, there.netloc) == (ours.scheme, ours.netloc):
        return True
    host = there.hostname or ""
    return there.scheme == "https" and any(host == name or host.endswith(f".{name}") for name in HOSTS)
