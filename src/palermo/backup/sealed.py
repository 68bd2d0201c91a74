"""The file of a backup: a compressed tar, encrypted by age as it is written; nothing lies in clear on a disk.

Members come one after the other, the manifest last: a file without it was cut while it was made.
"""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import pyrage

from palermo.errors import Refused, words

MANIFEST = "manifest.json"
Member = tuple[str, bytes]


def write(file: Path, members: Iterable[Member], keys: list[str]) -> None:
    """Encrypt members to age recipients into a file that appears whole or not at all.

    Raises Refused for a key that is none, and for a file that is there already.
    """
    recipients = [recipient(key) for key in keys]
    if file.exists():
        raise Refused(
            "file-exists",
            words("{file} exists already."),
            words("Choose another name: a backup never replaces an older one."),
            file=str(file),
        )
    draft = file.with_name(f"{file.name}.partial")
    inside, outside = os.pipe()
    try:
        with ThreadPoolExecutor(1) as pool:
            task = pool.submit(encrypted, os.fdopen(inside, "rb"), draft, recipients)
            with suppress(BrokenPipeError):  # the other end says why it stopped
                packed(os.fdopen(outside, "wb"), members)
            task.result()
        os.link(draft, file)
    finally:
        draft.unlink(missing_ok=True)


def encrypted(source: IO[bytes], draft: Path, recipients: list[Any]) -> None:
    """Encrypt what comes through a pipe into a file that is on the disk when this ends."""
    with source, draft.open("wb") as target:
        pyrage.encrypt_io(source, target, recipients)
        target.flush()
        os.fsync(target.fileno())


def recipient(key: str) -> Any:
    """An age recipient. Raises Refused."""
    try:
        return pyrage.x25519.Recipient.from_str(key.strip())
    except pyrage.RecipientError as reason:
        raise Refused(
            "no-key",
            words("“{key}” is no public key for backups; one begins with age1."),
            words("Make a pair with ./palermo backup-key FILE."),
            key=key.strip()[:20],
        ) from reason


def packed(out: Any, members: Iterable[Member]) -> None:
    """Write members into a compressed tar."""
    with out, tarfile.open(fileobj=out, mode="w|gz") as archive:
        for name, content in members:
            told = tarfile.TarInfo(name)
            told.size = len(content)
            archive.addfile(told, io.BytesIO(content))


def read(file: Path, key: Path, use: Callable[[Iterator[Member]], None]) -> None:
    """Decrypt a file with the age identities in a key file and hand its members over, as they come.

    Raises Refused for a wrong key and for a file that is no backup, damaged or cut.
    """
    identities = opened(key)
    inside, outside = os.pipe()
    met: Exception | None = None
    with ThreadPoolExecutor(1) as pool:
        task = pool.submit(decrypted, file, os.fdopen(outside, "wb"), identities)
        try:
            unpacked(os.fdopen(inside, "rb"), use)
        except (tarfile.TarError, zlib.error, EOFError) as reason:
            met = reason
    met = task.exception() or met  # type: ignore[assignment]
    if isinstance(met, pyrage.DecryptError):
        raise Refused(
            "wrong-key",
            words("This key does not open {file}, or it is no backup."),
            words("Give the key file of one of those for whom it was made, with --key."),
            file=file.name,
        ) from met
    if met:
        raise damaged(file) from met


def decrypted(file: Path, target: IO[bytes], identities: list[Any]) -> None:
    """Decrypt a file into a pipe."""
    with target, file.open("rb") as source:
        pyrage.decrypt_io(source, target, identities)


def damaged(file: Path) -> Refused:
    """What is said of a file that is not as it was written."""
    return Refused(
        "backup-damaged",
        words("{file} cannot be read, is damaged, was cut, or is no backup."),
        words("Take another copy of it. Nothing was changed here."),
        file=file.name,
    )


def opened(key: Path) -> list[Any]:
    """The identities in a key file, as age writes it. Raises Refused."""
    try:
        lines = [line.strip() for line in key.read_text("utf-8").splitlines()]
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and line[0] != "#"]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as reason:
        raise Refused(
            "no-key-file",
            words("{file} is no key file for backups."),
            words("Give the file that ./palermo backup-key made, with --key."),
            file=str(key),
        ) from reason
    return found


def unpacked(source: Any, use: Callable[[Iterator[Member]], None]) -> None:
    """Hand over the members of a compressed tar, then read to its end: only there is it known to be whole."""
    with source, tarfile.open(fileobj=source, mode="r|gz") as archive:
        use(members(archive))
        while source.read(1 << 16):
            pass


def members(archive: tarfile.TarFile) -> Iterator[Member]:
    """The files of a tar, in order."""
    for one in archive:
        content = archive.extractfile(one)
        if content is not None:
            yield one.name, content.read()


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
