"""The files of a result as those read them who reckon with them: pandas takes counts and areas for numbers."""

import io

import pytest

from bot.results import delimited, workbook
from bot.results.export import Export
from tests.bot.results.kit import COMPOUND, OFFICE, Round, committee_round, owners_round

HEADS, AREA, NEEDS = "同意人数 · for heads", "同意面积㎡ · for m²", "同意要面积㎡ · for needs m²"


@pytest.mark.parametrize("of", [owners_round(), committee_round()], ids=["owners", "committee"])
def test_pandas_reads_the_tally_as_numbers(of: Round) -> None:
    import pandas  # takes more than a second

    export = Export(COMPOUND, OFFICE, of.notice, of.turnout, of.mediation, of.lines)
    sheet = export.notice.result
    for table in (
        pandas.read_csv(io.BytesIO(delimited.tally(sheet))),
        pandas.read_excel(io.BytesIO(workbook.xlsx(export)), sheet_name="计票 tally"),
    ):
        assert table[HEADS].dtype.kind == "i" and table[AREA].dtype.kind in "if"
        assert [*table[HEADS]] == [count.agree.heads for count in sheet.counts]
        assert [*(table[AREA] * 100).round()] == [count.agree.area for count in sheet.counts]
        needed = [reach.needed for count in sheet.counts for reach in count.agreement if reach.measure == "area"]
        assert [*(table[NEEDS].dropna() * 100).round()] == needed
        reached = table[table["结果 · result"].str.startswith("达到")]
        assert len(reached) == sum(count.passed for count in sheet.counts)
        assert reached.groupby("编号 · item")["全体人数 · all heads"].sum().sum() == sum(
            count.all.heads for count in sheet.counts if count.passed
        )
