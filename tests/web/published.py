"""The publication of the next morning for one case, in tests in which no night passes."""

from dataclasses import asdict
from uuid import UUID

from triage.casework.publishing.batches import batch_day
from triage.casework.publishing.live import live_positions
from triage.casework.service import RULES, Service
from triage.store.cases import find_case
from triage.store.data_keys import PROGRAMME, read_data_keys
from triage.store.publishing.positions import replace_positions


def publish_anew(service: Service, case_id: UUID) -> None:
    """Show the programme side of a case what is true now, as the next batch would."""
    with service.writing(RULES) as work:
        case = find_case(work, case_id)
        assert case
        told = {letter: asdict(one) for letter, one in live_positions(service, work, case).items()}
        replace_positions(work, read_data_keys(work, case.id, (PROGRAMME,)), batch_day(work.now), told)
        work.is_no_act()
