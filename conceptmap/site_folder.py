"""A folder of files that is made again and again: what we wrote may be replaced and removed, what others wrote not."""

import hashlib
from collections.abc import Set
from dataclasses import dataclass, field
from pathlib import Path

LIST = "conceptmap-site.sha256"
"""What was written last, as `sha256sum --check` reads it."""
HOSTS_OWN = (".git", ".nojekyll", ".well-known", "CNAME")
"""What hosts keep in such a folder, and is no sign that it serves another purpose."""


@dataclass
class SiteFolder:
    """A folder, what was written into it before, and what is by now: digests of files by their paths, with `/`."""

    path: Path
    before: Set[tuple[str, str]]
    written: dict[str, str] = field(default_factory=dict)

    @classmethod
    def at(cls, path: Path) -> "SiteFolder":
        """The folder at a path, which need not be there yet. Raises `NotADirectoryError`."""
        if path.exists() and not path.is_dir():
            raise NotADirectoryError(20, "this is a file; name a folder", str(path))
        listed = path / LIST
        lines = listed.read_text(encoding="utf-8").splitlines() if listed.is_file() else []
        pairs = (line.partition("  ") for line in lines)
        return cls(path, {(name, digest) for digest, _, name in pairs if name})

    def foreign(self) -> list[str]:
        """The files in the folder that we did not write, or that somebody changed since."""
        if not self.path.is_dir():
            return []
        files = (one for one in sorted(self.path.rglob("*")) if one.is_file() or one.is_symlink())
        names = ((one, one.relative_to(self.path).as_posix()) for one in files)
        return [name for one, name in names if not self._is_ours(one, name)]

    def write(self, name: str, body: bytes) -> None:
        """Write a file whole, unless it is there already. It is listed first, so that an end half way is no obstacle.

        Raises `ValueError` where it was written just before.
        """
        if name in self.written:
            raise ValueError(f"two pages have the name {name}")
        place, digest = self.path / name, hashlib.sha256(body).hexdigest()
        self.written[name] = digest
        if _digest(place) == digest:
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        with (self.path / LIST).open("a", encoding="utf-8", newline="\n") as listed:
            listed.write(f"{digest}  {name}\n")
        beside = place.with_name(f".{place.name}.new")
        beside.write_bytes(body)
        beside.replace(place)

    def finish(self) -> list[str]:
        """Remove what we wrote before and is no more, and list what there is. Returns what was removed."""
        gone = sorted({name for name, _ in self.before} - set(self.written))
        removed = [name for name in gone if self._remove(name)]
        lines = (f"{digest}  {name}\n" for name, digest in sorted(self.written.items()))
        (self.path / LIST).write_text("".join(lines), encoding="utf-8", newline="\n")
        return removed

    def _remove(self, name: str) -> bool:
        """Remove a file if it is as we wrote it, and the folders that it leaves empty."""
        place = self.path / name
        if not place.resolve().is_relative_to(self.path.resolve()) or (name, _digest(place)) not in self.before:
            return False
        place.unlink()
        for folder in place.relative_to(self.path).parents:
            if folder.name and not any((self.path / folder).iterdir()):
                (self.path / folder).rmdir()
        return True

    def _is_ours(self, place: Path, name: str) -> bool:
        return name == LIST or name.split("/", maxsplit=1)[0] in HOSTS_OWN or (name, _digest(place)) in self.before


def _digest(place: Path) -> str:
    """The digest of a file's bytes; empty where there is none."""
    return hashlib.sha256(place.read_bytes()).hexdigest() if place.is_file() else ""
