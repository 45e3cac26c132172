"""Contacts in one JSON file: a list of objects with `id`, `name`, `email` and `phone`."""

import json
import os
import tempfile
from pathlib import Path

FIELDS = ("name", "email", "phone")


class StoreError(Exception):
    """The contacts file cannot be read or written."""


class ContactStore:
    """Reads the file at each call and replaces it whole at each change. A missing file is an empty list."""

    def __init__(self, path):
        self.path = Path(path)

    def all(self):
        """All contacts, by name."""
        try:
            contacts = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return []
        except (OSError, ValueError) as error:
            raise StoreError(f"cannot read contacts from '{self.path}': {error}") from error
        if not isinstance(contacts, list):
            raise StoreError(f"cannot read contacts from '{self.path}': expected a list")
        return sorted(contacts, key=lambda contact: contact["name"].casefold())

    def search(self, query):
        """The contacts that have `query` in one of their fields, in any case."""
        wanted = query.casefold()
        return [c for c in self.all() if any(wanted in c[field].casefold() for field in FIELDS)]

    def find(self, contact_id):
        """The contact with this id, or None."""
        return next((c for c in self.all() if c["id"] == contact_id), None)

    def problems(self, contact):
        """What stops `contact` from being stored: a message for each field that is wrong."""
        errors = {}
        if not contact["name"]:
            errors["name"] = "A name is needed."
        if "@" not in contact["email"]:
            errors["email"] = "An email address has an @."
        elif any(c["email"] == contact["email"] and c["id"] != contact.get("id") for c in self.all()):
            errors["email"] = "Another contact has this address."
        return errors

    def add(self, contact):
        """Store a new contact under the next free id."""
        contacts = self.all()
        next_id = max((c["id"] for c in contacts), default=0) + 1
        self._write([*contacts, {"id": next_id, **contact}])

    def replace(self, contact):
        """Store a changed contact in the place of the one with its id."""
        self._write([contact if c["id"] == contact["id"] else c for c in self.all()])

    def delete(self, contact_id):
        """Remove the contact with this id."""
        self._write([c for c in self.all() if c["id"] != contact_id])

    def _write(self, contacts):
        # Written beside the old file and moved over it: a crash leaves the old one whole.
        try:
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", dir=self.path.parent, prefix=f".{self.path.name}.", delete=False
            ) as new:
                json.dump(contacts, new, ensure_ascii=False, indent=2)
            os.replace(new.name, self.path)
        except OSError as error:
            raise StoreError(f"cannot write contacts to '{self.path}': {error}") from error
