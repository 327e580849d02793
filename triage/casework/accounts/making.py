"""Make an account: a name, a role on one of its sides, a password that is hard to guess."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from triage.cases.roles import SIDES_OF, Role, Side
from triage.cases.wall import Reason, Refused
from triage.casework.accounts.passwords import LONGEST, hash_password, one_spelling, password_problem
from triage.casework.limits import name_problem, text_problem
from triage.casework.service import Service
from triage.store.audit import Entry
from triage.store.staff import accounts as kept
from triage.store.work import Work

TAKEN = "name: this name is taken."


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to be made: the name to sign in with, a role and its side, and a first password."""

    name: str
    role: Role
    side: Side
    password: str


def add_account(service: Service, new: NewAccount, *, demonstration: bool = False) -> UUID | Refused:
    """Make an account at the command line. Output: its id; or `Refused` with a sentence for each thing wrong."""
    problems = [*standing_problems(service, new.name, new.role, new.side)]
    if not demonstration:  # whose passwords are published anyway
        problems += new_password_problems(new)
    if problems:
        return Refused(Reason.NOT_ACCEPTED, "6.5", tuple(problems))
    account = account_from(service, new, demonstration=demonstration)
    with service.writing() as work:
        taken = not keep_account(work, account)
        work.audit(Entry("add-account", "refused" if taken else "recorded", None, account.id))
    return Refused(Reason.NOT_ACCEPTED, "6.5", (TAKEN,)) if taken else account.id


def standing_problems(service: Service, name: str, role: Role, side: Side) -> tuple[str, ...]:
    """Say what is wrong with the name, the role and the side of an account to be made."""
    problems = [*name_problem("name", name)]
    if side not in SIDES_OF[role]:
        problems.append("side: this role does not stand on that side.")
    if not problems:
        with service.reading() as work:
            if kept.find_any_account(work, as_kept(name)) is not None:
                problems.append(TAKEN)
    return tuple(problems)


def new_password_problems(new: NewAccount) -> tuple[str, ...]:
    """Say what is wrong with the first password of an account."""
    return text_problem("password", new.password, LONGEST) or password_problem(one_spelling(new.password), new.name)


def account_from(service: Service, new: NewAccount, *, demonstration: bool = False) -> kept.Account:
    """The account as it will be kept; its hash takes a third of a second, so no transaction is open meanwhile."""
    password_hash = hash_password(service.settings.password_profile, one_spelling(new.password))
    return kept.Account(uuid4(), as_kept(new.name), new.role, new.side, demonstration, password_hash)


def keep_account(work: Work, account: kept.Account) -> bool:
    """Keep an account; False when the name was taken meanwhile."""
    if kept.find_any_account(work, account.name) is not None:
        return False
    kept.insert_account(work, account)
    return True


def as_kept(name: str) -> str:
    """A name in the spelling in which it is kept."""
    return one_spelling(name).strip()
