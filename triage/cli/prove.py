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
from triage.flow.problems import nearest
from triage.proof.engines import NotInstalled, Undecided
from triage.proof.proving import COUNTEREXAMPLE, Proof, prove, second_engine, z3_engine
from triage.proof.telling import lines, shown
from triage.routing.loading import Loaded
from triage.settings import FLOWS, LOCALES


class _Wanted(TypedDict):
    """What is proved, how, and where examples go."""

    only: str
    without_relations: bool
    second_engine: bool
    example_dir: Path | None
    as_json: bool


@click.command("prove")
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path), default=FLOWS)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array, one object per invariant.")
@click.option("--only", default="", metavar="INV-01,...", help="Prove these invariants alone.")
@click.option("--without-relations", is_flag=True, help="Leave out what compares two cases.")
@click.option("--second-engine", is_flag=True, help="Prove everything with CaDiCaL instead of z3.")
@click.option(
    "--example-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write each case that breaks a law into this folder, as a file that `triage decide` or `assess` reads.",
)
def prove_command(directory: Path, **wanted: Unpack[_Wanted]) -> None:
    """Prove the invariants of a directory of flows; without one, of the flows shipped with the program."""
    loaded = loaded_or_exit(directory)
    only = _known(wanted["only"], loaded)
    try:
        make_engine = second_engine() if wanted["second_engine"] else z3_engine()
    except NotInstalled as fault:
        click.echo(str(fault), err=True)
        sys.exit(2)
    found = prove(loaded, only=only, relations=not wanted["without_relations"], make_engine=make_engine)
    try:
        proofs = list(found) if wanted["as_json"] else _told(found, loaded, directory)
    except Undecided as fault:
        click.echo(str(fault), err=True)
        sys.exit(2)
    if wanted["as_json"]:
        click.echo(json.dumps([proof.written() for proof in proofs], ensure_ascii=False))
    if wanted["example_dir"] is not None:
        _write_examples(proofs, wanted["example_dir"])
    sys.exit(1 if any(proof.status == COUNTEREXAMPLE for proof in proofs) else 0)


def _known(written: str, loaded: Loaded) -> Collection[str]:
    """Read the ids of `--only`; one that there is not ends the command."""
    known = [one.id for one in loaded.decider.rules.invariants]
    only = [word.strip() for word in written.split(",") if word.strip()]
    for word in only:
        if word not in known:
            near = nearest(word, known)
            click.echo(f"There is no invariant `{word}`." + (f" Did you mean `{near}`?" if near else ""), err=True)
            sys.exit(2)
    return only


def _told(found: Iterable[Proof], loaded: Loaded, directory: Path) -> list[Proof]:
    """Print each proof as it is found; then how many there are of each status, and how long all took."""
    began, proofs, counted = process_time(), list[Proof](), Counter[str]()
    locales = (
        LOCALES
        if directory.resolve() == FLOWS.resolve() or not (directory / "locales").is_dir()
        else directory / "locales"
    )
    texts = read_catalogue(catalogue_of(locales, "en"))
    for proof in found:
        told = shown(proof, texts, loaded.decider)
        counted[told.status] += 1
        proofs.append(proof)
        for line in lines(told, proof.seconds):
            click.echo(line)
    counts = ", ".join(f"{number} {status}" for status, number in counted.items())
    click.echo(f"{counts}; {process_time() - began:.2f} s of processor time")
    return proofs


def _write_examples(proofs: Iterable[Proof], directory: Path) -> None:
    """Write what breaks each law into its own file."""
    directory.mkdir(parents=True, exist_ok=True)
    for proof in proofs:
        if proof.example is not None or proof.sheet is not None:
            path = directory / f"{proof.id}.json"
            path.write_text(json.dumps(proof.written()["example"], ensure_ascii=False, indent=2), encoding="utf-8")
