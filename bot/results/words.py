"""Words: how a result's parts are said in a language: a state, a rule, a share, a measure."""

from ballots.ballot import Ballot, BallotItem
from ballots.report import ResultSheet
from ballots.roll import Kind
from ballots.rules import Measure, Rule, Share
from ballots.standing import By, Choice
from ballots.tally import Amount, Count
from bot.times import beijing
from dialogs.wording import Wording


def state(sheet: ResultSheet, speak: Wording) -> str:
    """How far the ballot is, and who certified it."""
    where = sheet.ballot.state.value if sheet.final else "live"
    return speak(f"report.state.{where}", by=sheet.ballot.certified_by)


def period(ballot: Ballot, speak: Wording) -> str:
    """From when until when it was laid down to be open."""
    return speak("report.period", opens=beijing(ballot.opens), closes=beijing(ballot.closes))


def ways(sheet: ResultSheet, speak: Wording) -> str:
    """How selections came in, and how many forms nobody confirmed."""
    told = [speak(f"report.way.{by.value}", count=sheet.ways[by]) for by in (By.ONLINE, By.PAPER, By.PROXY)]
    left = [speak("report.unconfirmed", count=sheet.unconfirmed)] if sheet.unconfirmed else []
    return speak.listed([*told, *left])


def share(of: Share, speak: Wording) -> str:
    """A share of a whole."""
    return speak(f"report.share.{'at_least' if of.inclusive else 'more_than'}", part=of.numerator, whole=of.denominator)


def rule(of: Rule, speak: Wording) -> str:
    """A rule: who must take part, who must agree and of whom, by what."""
    told = [speak("report.rule.quorum", share=share(of.quorum, speak))] if of.quorum else []
    told.append(speak(f"report.rule.agree.{of.of.value}", share=share(of.agree, speak)))
    if of.none_objects:
        told.append(speak("report.rule.none_objects"))
    if len(of.measures) > 1:
        told.append(speak("report.rule.both"))
    return speak("report.rule.joined").join(told)


def source(of: Rule, speak: Wording) -> str:
    """Where a rule stands."""
    return of.source.zh if speak.language == "zh" else of.source.en


def classed(item: BallotItem, speak: Wording) -> str:
    """The class of an item, and who set it."""
    return speak("report.class", matter=speak(f"matter.{item.matter.value}"), who=item.set_by)


def measure(of: Measure, kind: Kind, speak: Wording) -> str:
    """What is counted: owners, seats, households; or their area."""
    return speak("report.measure.area") if of is Measure.AREA else speak(f"report.measure.{kind.value}")


def amount(of: int, measure: Measure) -> str:
    """So many heads, or so many m²."""
    return str(of) if measure is Measure.HEADS else square_metres(of)


def square_metres(area: int) -> str:
    """An area in m²."""
    return f"{area // 100}.{area % 100:02}"


def parts(count: Count) -> dict[Choice | None, Amount]:
    """What everyone who is asked said, in the order in which it is shown; None: no part."""
    part = count.participants
    return {
        Choice.FOR: count.agree,
        Choice.AGAINST: count.against,
        Choice.ABSTAIN: count.abstain,
        Choice.OBJECT: count.object,
        None: Amount(count.all.heads - part.heads, count.all.area - part.area),
    }


def choice(of: Choice | None, speak: Wording) -> str:
    """What a choice is called, no part among them."""
    return speak(f"choice.{of.value}") if of else speak("report.no_part")


def outcome(count: Count, speak: Wording) -> str:
    """Whether a count reaches its rule."""
    return speak("result.reached" if count.passed else "result.not_reached")


def kind(of: Kind, speak: Wording) -> str:
    """Who was asked."""
    return speak(f"report.whose.{of.value}")


def office(street: str) -> str:
    """What the office of a street is called."""
    return street if street.endswith("办事处") else f"{street.removesuffix('街道')}街道办事处"
