import json
import tempfile
import unittest
from pathlib import Path

from contacts import create_app

ADA = {"name": "Ada Lovelace", "email": "ada@example.org", "phone": "1815"}
GRACE = {"name": "Grace Hopper", "email": "grace@example.org", "phone": "1906"}


class ContactsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "contacts.json"
        self.client = create_app(self.file).test_client()

    def page(self, address):
        return self.client.get(address, follow_redirects=True).get_data(as_text=True)

    def add(self, contact):
        return self.client.post("/contacts/new", data=contact, follow_redirects=True).get_data(as_text=True)

    def test_starts_empty_without_a_file(self):
        self.assertIn("No contacts yet", self.page("/"))

    def test_adds_and_lists_by_name(self):
        self.add(GRACE)
        text = self.add(ADA)
        self.assertIn("Added Ada Lovelace.", text)
        self.assertLess(text.index(ADA["email"]), text.index(GRACE["email"]))
        self.assertEqual([contact["id"] for contact in json.loads(self.file.read_text())], [1, 2])

    def test_searches_every_field_in_any_case(self):
        self.add(ADA)
        self.add(GRACE)
        for query in ("HOPPER", "grace@", "1906"):
            text = self.page(f"/contacts?q={query}")
            self.assertIn(GRACE["email"], text)
            self.assertNotIn(ADA["email"], text)
        self.assertIn("None of 2 contacts", self.page("/contacts?q=nobody"))

    def test_edits(self):
        self.add(ADA)
        self.client.post("/contacts/1", data={**ADA, "phone": "1852"})
        self.assertIn("1852", self.page("/contacts"))

    def test_deletes(self):
        self.add(ADA)
        self.client.post("/contacts/1/delete")
        self.assertEqual(self.client.get("/healthz").get_json(), {"status": "ok", "contacts": 0})

    def test_refuses_what_is_wrong_and_says_why(self):
        self.add(ADA)
        self.assertIn("A name is needed.", self.add({**GRACE, "name": " "}))
        self.assertIn("An email address has an @.", self.add({**GRACE, "email": "grace"}))
        self.assertIn("Another contact has this address.", self.add({**GRACE, "email": ADA["email"]}))
        self.assertEqual(len(json.loads(self.file.read_text())), 1)

    def test_an_unknown_contact_is_not_found(self):
        self.assertEqual(self.client.get("/contacts/7").status_code, 404)
        self.assertEqual(self.client.post("/contacts/7/delete").status_code, 404)

    def test_a_broken_file_is_named_and_left_alone(self):
        self.file.write_text("not json")
        answer = self.client.get("/contacts")
        self.assertEqual(answer.status_code, 500)
        self.assertIn("contacts.json", answer.get_data(as_text=True))
        self.assertEqual(self.file.read_text(), "not json")

    def test_text_is_escaped(self):
        self.assertIn("&lt;b&gt;", self.add({**ADA, "name": "<b>"}))


if __name__ == "__main__":
    unittest.main()
