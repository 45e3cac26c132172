"""A small contacts app: a list, a search, and forms to add, edit and delete. HTML comes from the server."""

import os

from flask import Flask, abort, flash, redirect, render_template, request, url_for

from contacts.store import FIELDS, ContactStore, StoreError


def create_app(path=None):
    """Make the app. Contacts live in the JSON file `path`, by default the one that CONTACTS_FILE names."""
    app = Flask(__name__)
    # Only flash messages are signed with it, and they live for one request.
    app.secret_key = os.environ.get("CONTACTS_SECRET_KEY", "contacts")
    store = ContactStore(path or os.environ.get("CONTACTS_FILE", "contacts.json"))

    def find_or_404(contact_id):
        return store.find(contact_id) or abort(404)

    def submitted():
        return {field: request.form.get(field, "").strip() for field in FIELDS}

    @app.get("/")
    def index():
        return redirect(url_for("list_contacts"))

    @app.get("/contacts")
    def list_contacts():
        query = request.args.get("q", "").strip()
        return render_template("list.html", contacts=store.search(query), query=query, total=len(store.all()))

    @app.route("/contacts/new", methods=["GET", "POST"])
    def add_contact():
        contact, errors = submitted(), {}
        if request.method == "POST":
            errors = store.problems(contact)
            if not errors:
                store.add(contact)
                flash(f"Added {contact['name']}.")
                return redirect(url_for("list_contacts"))
        return render_template("form.html", title="New contact", contact=contact, errors=errors)

    @app.route("/contacts/<int:contact_id>", methods=["GET", "POST"])
    def edit_contact(contact_id):
        contact, errors = find_or_404(contact_id), {}
        if request.method == "POST":
            contact = {**contact, **submitted()}
            errors = store.problems(contact)
            if not errors:
                store.replace(contact)
                flash(f"Saved {contact['name']}.")
                return redirect(url_for("list_contacts"))
        return render_template("form.html", title="Edit contact", contact=contact, errors=errors)

    @app.post("/contacts/<int:contact_id>/delete")
    def delete_contact(contact_id):
        contact = find_or_404(contact_id)
        store.delete(contact_id)
        flash(f"Deleted {contact['name']}.")
        return redirect(url_for("list_contacts"))

    @app.get("/healthz")
    def healthz():
        return {"status": "ok", "contacts": len(store.all())}

    @app.errorhandler(404)
    def not_found(_error):
        return render_template("not_found.html"), 404

    @app.errorhandler(StoreError)
    def broken_store(error):
        return render_template("broken.html", error=error), 500

    return app


def main():
    """Serve the app on http://127.0.0.1:5000, or on the port that PORT names."""
    port = os.environ.get("PORT", "5000")
    if not port.isdigit():
        raise SystemExit(f"PORT must be a number, not '{port}'")
    create_app().run(host="127.0.0.1", port=int(port))
