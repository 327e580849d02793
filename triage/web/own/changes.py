"""What happened to one's own account, in the reader's language."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from flask_babel import lazy_gettext as _

from triage.casework.accounts.notices import Change

CHANGES: Final[Mapping[Change, object]] = MappingProxyType(
    {
        Change.PASSWORD: _("The password was changed."),
        Change.AUTHENTICATOR: _("An authenticator was set up."),
        Change.PASSKEY_ADDED: _("A passkey was added."),
        Change.PASSKEY_REMOVED: _("A passkey was removed."),
        Change.CODES_RENEWED: _("New recovery codes were made."),
        Change.CODE_USED: _("A recovery code was used."),
        Change.INVITATION: _("An invitation was used and a password chosen."),
        Change.RESET: _("Two colleagues reset the password and the second factor."),
        Change.STANDING: _("Two colleagues changed the role."),
        Change.LINKED: _("The account was linked to the provider of the sign-in."),
        Change.UNLINKED: _("The link to the provider of the sign-in was taken away."),
        Change.SIGNED_IN: _("Somebody signed in with the right password."),
        Change.REFUSED: _("A password or a code was wrong."),
    }
)


def change_in_words(change: Change) -> str:
    """Say what happened."""
    return str(CHANGES[change])
