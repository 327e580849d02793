"""The tables of what is said outside. A post says a kind, an opaque reference and a recipient's id: nothing of anybody.

`outbox` is never changed, and a post goes only after its row in `deliveries`, which says how far it has come and goes
only when it is settled; the database itself refuses the rest (migrations 0014 and 0017). Addresses and signing keys
are sealed; an address in use has a day of confirmation.
"""

from sqlalchemy import BigInteger, Date, ForeignKey, Integer, String, Table, Uuid

from triage.store.tables import clear, encrypted, metadata

outbox = Table(
    "outbox",
    metadata,
    clear("id", Uuid, primary_key=True),
    clear("kind", String(24)),
    clear("recipient", Uuid),
    clear("reference", Uuid),
    clear("due", BigInteger),
    clear("at", BigInteger),
)
deliveries = Table(
    "deliveries",
    metadata,
    clear("post_id", Uuid, ForeignKey("outbox.id"), primary_key=True),
    clear("state", String(8)),
    clear("tries", Integer),
    clear("next_at", BigInteger, index=True),
    clear("leased", BigInteger),
    clear("fault", String(24)),
)
mailboxes = Table(
    "mailboxes",
    metadata,
    clear("owner_id", Uuid, primary_key=True),
    clear("added_on", Date),
    clear("confirmed_on", Date, nullable=True),
    clear("allowed_on", Date, nullable=True),
    encrypted("content"),
)
webhooks = Table(
    "webhooks",
    metadata,
    clear("id", Uuid, primary_key=True),
    clear("client_id", Uuid, ForeignKey("api_clients.id"), index=True),
    clear("added_on", Date),
    clear("confirmed_on", Date, nullable=True),
    clear("closed_on", Date, nullable=True),
    encrypted("content"),
)
