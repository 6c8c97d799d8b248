"""A stocktake of real input: the emergency departments of England, a hundred of them and more in one heat map."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from rdlib.plan import PlanStore, stocktaking
from rdlib.reports.stocktake import StocktakeReport
from rdlib.rules.r07_pack import changes, closed_ones, open_ones, pack, to_keep
from rdlib.rules.r07_units import unit_maps
from scripts import nhs_plan

DATA = nhs_plan.data_folder()
pytestmark = pytest.mark.skipif(
    bool(nhs_plan.missing_files(DATA)),
    reason="the published figures of NHS England are not part of the project, and not here (see scripts/nhs_plan.py)",
)
FIRST, SECOND = date(2018, 10, 31), date(2019, 4, 30)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("nhs") / "plan"
    nhs_plan.main([str(out)])
    return out


def published(month: str) -> dict[str, float]:
    """The share within four hours of each provider that has a value for each month of the file, worked out apart."""
    rows = pd.read_csv(DATA / nhs_plan.PROVIDERS, dtype={"type": str})
    major = rows[rows["type"] == "1"]
    complete = major.groupby("org_code")["period"].nunique()
    every = complete[complete == major["period"].nunique()].index
    one = major[major["org_code"].isin(every) & major["period"].str.startswith(month)].set_index("org_code")
    share = 100 * (one["attendances"] - one["breaches"]) / one["attendances"]
    return {str(name): float(value) for name, value in share.items()}


def test_each_department_stands_in_the_map_with_its_published_share(folder: Path):
    plan = PlanStore(folder).read().plan
    maps = [each for each in unit_maps(plan, SECOND) if len(each.units) >= 100]
    assert maps
    column = next(c for c in maps[0].columns if len(c.values) >= 100)
    expected = published(str(column.when)[:7])
    assert set(column.values) == set(expected)
    assert all(abs(column.values[unit] - value) < 0.06 for unit, value in expected.items())
    if column.aim is not None and column.aim.low is not None:
        met = {unit for unit, value in column.values.items() if value >= column.aim.low}
        assert {unit for unit, level in column.levels.items() if level == 4} == met
    html = StocktakeReport(folder, SECOND).units().html
    assert html.count('<th scope="row">') >= 100


def test_two_stocktakes_of_the_real_figures_tell_what_changed(folder: Path):
    store = PlanStore(folder)
    path = stocktaking.begin(store, {"day": FIRST.isoformat()})
    store.add_row(f"{path}/actions", {"what": "Illustrative: visit the ten slowest", "owner": "x", "due": "2019-01-31"})
    plan = store.read().plan
    (record,) = open_ones(plan)
    ratings, figures = to_keep(plan, record)
    assert ratings == []  # nobody rated it, and nothing is made up in its place
    stocktaking.close(store, record.id, by="Test", on=FIRST, ratings=ratings, figures=figures)
    plan = store.read().plan
    (first,) = closed_ones(plan)
    told = changes(pack(plan, SECOND), plan)
    later = [c for c in told if c.kind == "figure"]
    assert len(later) == sum(
        1
        for (pid, iid), now in pack(plan, SECOND).figures.items()
        for then in first.figures
        if (then.priority, then.indicator) == (pid, iid) and (now.when, now.value) != (then.when, then.value)
    )
    assert later
    assert "action" in {c.kind for c in told}
