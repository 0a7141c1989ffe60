"""What the sandbox remembers across restarts: documents by kind and key, journalled as they change."""

import json
from pathlib import Path
from typing import Any, TextIO

Document = dict[str, Any]


class Shelf:
    """Documents in memory; with a folder, every change is also a line in `journal.jsonl` before anybody hears of it.

    A line reaches the operating system at once, so a killed process loses nothing; a lost machine may lose some.
    """

    def __init__(self, folder: Path | None) -> None:
        self._documents: dict[str, dict[str, Document]] = {}
        self._journal: TextIO | None = None
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / "journal.jsonl"
            self._replay(path)
            self._compact(path)
            self._journal = path.open("a", encoding="utf-8")

    def put(self, kind: str, key: str, document: Document) -> None:
        """Keep `document` (JSON values only) under `key`; after changing the object, put it again."""
        self._documents.setdefault(kind, {})[key] = document
        self._write([kind, key, document])

    def drop(self, kind: str, key: str) -> None:
        """Forget the document; an unknown key is fine."""
        self._documents.get(kind, {}).pop(key, None)
        self._write([kind, key, None])

    def get(self, kind: str, key: str) -> Document | None:
        """The document, or None."""
        return self._documents.get(kind, {}).get(key)

    def all(self, kind: str) -> dict[str, Document]:
        """Every document of the kind by key, in the order of first arrival."""
        return self._documents.setdefault(kind, {})

    def clear(self) -> None:
        """Forget everything."""
        for kind, documents in self._documents.items():
            for key in list(documents):
                self.drop(kind, key)

    def close(self) -> None:
        """Close the journal."""
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def _write(self, line: list[Any]) -> None:
        if self._journal is not None:
            self._journal.write(json.dumps(line, separators=(",", ":")) + "\n")
            self._journal.flush()

    def _replay(self, path: Path) -> None:
        if not path.exists():
            return
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                if not line.endswith("\n"):
                    return  # the process died while writing this line: it was never told to anybody
                kind, key, document = json.loads(line)
                if document is None:
                    self._documents.get(kind, {}).pop(key, None)
                else:
                    self._documents.setdefault(kind, {})[key] = document

    def _compact(self, path: Path) -> None:
        fresh = path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as lines:
            for kind, documents in self._documents.items():
                for key, document in documents.items():
                    lines.write(json.dumps([kind, key, document], separators=(",", ":")) + "\n")
        fresh.replace(path)
