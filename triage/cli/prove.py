"""`triage prove`: that no combination of answers can break an invariant, or the smallest case that does."""

import json
import sys
from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path
from time import process_time
from typing import TypedDict, Unpack

import click

from triage.checks.wording import catalogue_of, read_catalogue
from triage.cli.flows import loaded_or_exit
from triage.cli.places import FILE_WRITTEN, FOLDER_READ, FOLDER_WRITTEN, writing
from triage.cli.telling.words import Words, language_option
from triage.flow.problems import nearest
from triage.proof.engines import NotInstalled, Undecided
from triage.proof.lines import Telling, lines
from triage.proof.proofs import ASSESS, COUNTEREXAMPLE, DECIDE, Proof
from triage.proof.proving import NoLaws, Sheets, answer_prover, prove, second_engine, z3_engine
from triage.proof.record import Entry, entry_of, write_record
from triage.proof.sheets.laws_of_answers.laws import UnreadableLaws
from triage.proof.sheets.laws_of_answers.reading_laws import FILE as LAWS
from triage.proof.telling import Texts, shown, status_of
from triage.routing.loading import Loaded
from triage.settings import FLOWS, LOCALES


class _Wanted(TypedDict):
    """What is proved, how, and where examples go."""

    only: str
    without_relations: bool
    without_answers: bool
    second_engine: bool
    example_dir: Path | None
    write: Path | None
    language: str
    as_json: bool


@click.command("prove")
@click.argument("directory", type=FOLDER_READ, default=FLOWS)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array, one object per invariant.")
@click.option("--only", default="", metavar="INV-01,...", help="Prove these invariants alone.")
@click.option("--without-relations", is_flag=True, help="Leave out what compares two cases.")
@click.option("--without-answers", is_flag=True, help="Leave out the laws over answers; examples are then of facts.")
@click.option("--second-engine", is_flag=True, help="Prove what is said of facts with CaDiCaL instead of z3.")
@click.option(
    "--example-dir",
    type=FOLDER_WRITTEN,
    help="Write each case that breaks a law into this folder, as a file that `triage decide` or `assess` reads.",
)
@click.option(
    "--write",
    type=FILE_WRITTEN,
    help="Write what was proved as JSON, for the page of the proofs, with a digest of the files it holds for.",
)
@language_option
def prove_command(directory: Path, **wanted: Unpack[_Wanted]) -> None:
    """Prove the invariants of a directory of flows; without one, of the flows shipped with the program."""
    began, say = process_time(), Words(wanted["language"])
    loaded = loaded_or_exit(directory, say.problem)
    only = _known(wanted["only"], loaded, say)
    if only and wanted["write"]:
        raise click.UsageError("--write records all invariants: leave --only out.")
    if (examples := wanted["example_dir"]) is not None:
        with writing(examples):
            examples.mkdir(parents=True, exist_ok=True)
    sheets_wanted = not wanted["without_answers"]
    telling = None if wanted["as_json"] else Telling(_texts(directory, say.language), say, of_answers=sheets_wanted)
    try:
        make_engine = second_engine() if wanted["second_engine"] else z3_engine()
        sheets = _answers(directory, loaded, say) if sheets_wanted else None
        found = prove(
            loaded, only=only, relations=not wanted["without_relations"], make_engine=make_engine, sheets=sheets
        )
        proofs = [_told(proof, loaded, telling) for proof in found]
    except (NotInstalled, Undecided) as fault:
        click.echo(str(fault), err=True)
        sys.exit(2)
    if wanted["as_json"]:
        click.echo(json.dumps([proof.written() for proof, _ in proofs], ensure_ascii=False))
    else:
        click.echo(_closing(proofs, process_time() - began, say))
    if examples is not None:
        _write_examples([proof for proof, _ in proofs], examples, say)
    if wanted["write"] is not None:
        entries = [entry for _, entry in proofs]
        with writing(wanted["write"]):
            write_record(
                wanted["write"],
                directory,
                entries,
                relations=not wanted["without_relations"],
                answers=not wanted["without_answers"],
            )
    sys.exit(1 if any(proof.status == COUNTEREXAMPLE for proof, _ in proofs) else 0)


def _known(written: str, loaded: Loaded, say: Words) -> Collection[str]:
    """Read the ids of `--only`; one that there is not ends the command."""
    known = [one.id for one in loaded.decider.rules.invariants]
    only = [word.strip() for word in written.split(",") if word.strip()]
    for word in only:
        if word not in known:
            near = nearest(word.upper(), known)
            meant = say("problem.near", near=near) if near else ""
            click.echo(say("prove.no_invariant", name=word) + meant, err=True)
            sys.exit(2)
    return only


def _answers(directory: Path, loaded: Loaded, say: Words) -> Sheets:
    """The prover of the laws over answers; without the file, one that has none. Laws with problems end the command.

    Whether a law is missing is for the invariants to say: they name those that they demand.
    """
    if not (directory / LAWS).exists():
        click.echo(say("prove.no_laws", file=LAWS), err=True)
        return NoLaws()
    try:
        return answer_prover(directory, loaded)
    except UnreadableLaws as fault:
        for problem in fault.problems:
            click.echo(say.problem(problem), err=True)
        sys.exit(2)


def _texts(directory: Path, language: str) -> Texts:
    own = directory / "locales"
    shipped = directory.resolve() == FLOWS.resolve() or not own.is_dir()
    return read_catalogue(catalogue_of(LOCALES if shipped else own, language))


def _told(proof: Proof, loaded: Loaded, telling: Telling | None) -> tuple[Proof, Entry]:
    """Give a proof as it is recorded; print it as soon as it is found, if it is told at all."""
    entry = entry_of(proof, loaded)
    if telling is not None:
        for line in lines(shown(entry, telling.texts), proof.seconds, telling):
            click.echo(line)
    return proof, entry


def _closing(proofs: Collection[tuple[Proof, Entry]], seconds: float, say: Words) -> str:
    """How many there are of each status, and how long all took, reading and compiling the flows too."""
    counted = Counter(status_of(entry) for _, entry in proofs)
    of_answers = sum(proof.seconds_of_answers for proof, _ in proofs)
    of_relations = sum(proof.seconds_of_relations for proof, _ in proofs)
    bounds = next((proof.bounds for proof, _ in proofs if proof.bounds), None)
    told = [f"{number} {say(f'bounds.{name}')}" for name, number in bounds.items()] if bounds else []
    return "\n".join(
        (
            say("prove.bounds", bounds=", ".join(told) or say("prove.not_asked")),
            say(
                "prove.time",
                counts=", ".join(f"{number} {say(f'status.{status}')}" for status, number in counted.items()),
                all=say.number(seconds),
                answers=say.number(of_answers),
                rest=say.number(seconds - of_relations),
            ),
        )
    )


def _write_examples(proofs: Iterable[Proof], directory: Path, say: Words) -> None:
    """Write what breaks each law into its own file; what the program does not decide so is said, and is no example."""
    for proof in proofs:
        if proof.replayed is False:
            click.echo(say("prove.no_file", name=proof.id), err=True)
        elif proof.shown_by in {ASSESS, DECIDE}:
            path = directory / f"{proof.id}.json"
            with writing(path):
                path.write_text(json.dumps(proof.written()["example"], ensure_ascii=False, indent=2), encoding="utf-8")
