"""How the Government report is arranged: its chapters, and what goes into each.

The outline is that of the biennial reports under the Act of 13 April 1995: the coordination and the plan,
the implementation by theme, legislation, protection, awareness and training, evaluations, statistics.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from palermo.reporting.values import GovernmentReport, MeasureAccount
from palermo.ui.alphabet import alphabetical

STATUSES = ("completed", "substantial", "limited", "not-started", "abandoned", "replaced", "no-answer")
THEMES = ("prosecution", "prevention", "protection", "cooperation")

# Words by which a section's title tells its theme, in the languages in which plans are written.
THEME_WORDS = {
    "protection": (
        r"victims?|protect\w*|reception|shelter|assistance|referral|earnings|compensation|residence"
        r"|contact person|victimes?|accueil|protection|slachtoffers?|opvang\w*|bescherming\w*"
        r"|Opfer\w*|Schutz\w*"
    ),
    "prevention": (
        r"aware\w*|train\w*|inform\w*|prevent\w*|website|flyer|brochure\w*|hospitals?|schools?|teach\w*"
        r"|formation\w*|sensibilis\w*|prévention|opleiding\w*|vorming\w*|sensibiliser\w*|preventie"
        r"|Schulung\w*|Aufklärung|Prävention|Sensibilisierung"
    ),
    "prosecution": (
        r"criminal\w*|offence\w*|charge|prosecut\w*|jurisprudence|case law|judgments?|rulings?|liability"
        r"|statutory|financial|begging|pénal\w*|poursuites?|infraction\w*|responsabilité|strafrecht\w*|vervolging"
        r"|straf\w*|rechtspraak|Straf\w*|Haftung|Rechtsprechung"
    ),
}
LEGISLATION = re.compile(
    r"\b(draft bills?|bills?|acts?|laws?|legislat\w*|royal decrees?|decrees?|circulars?|directive on"
    r"|projets? de loi|lois?|arrêtés?|circulaires?|wetsontwerp\w*|wetten|wet|besluiten|omzendbrie\w*"
    r"|Gesetz\w*|Rundschreiben)\b",
    re.IGNORECASE,
)
FIGURES = re.compile(
    r"\b(statistic\w*|figures?|data|Eurostat|database|statistiques?|données|chiffres|statistieken"
    r"|gegevens|cijfers|Statistik\w*|Daten)\b",
    re.IGNORECASE,
)


def theme(title: str) -> str:
    """The theme of a section by the words of its title: the one named most often, cooperation if none.

    A tie goes to the theme that comes first in `THEMES`.
    """
    counts = {
        name: len(re.findall(rf"\b(?:{pattern})\b", title, re.IGNORECASE))
        for name, pattern in THEME_WORDS.items()
    }
    best = max(THEMES[:3], key=lambda name: (counts[name], -THEMES.index(name)))
    return best if counts[best] else "cooperation"


def by_theme(report: GovernmentReport) -> dict[str, list[MeasureAccount]]:
    """Every measure of the plan under one theme, in the plan's order; none is left out."""
    titles = dict(report.sections)
    grouped: dict[str, list[MeasureAccount]] = {name: [] for name in THEMES}
    for measure in report.measures:
        chapter = measure.section.split(".")[0]
        own = theme(titles.get(measure.section, ""))
        grouped[own if own != "cooperation" else theme(titles.get(chapter, ""))].append(measure)
    return grouped


def status_counts(measures: Iterable[MeasureAccount]) -> list[tuple[str, int]]:
    """How many measures have each status, in the order in which the report shows them."""
    found = [measure.status for measure in measures]
    return [(status, found.count(status)) for status in STATUSES]


def legislative(measures: Iterable[MeasureAccount]) -> list[MeasureAccount]:
    """The measures that change a law, a decree or a circular: by their own words, or by a bill's steps."""
    return [measure for measure in measures if measure.steps or LEGISLATION.search(measure.text)]


def about_figures(measures: Iterable[MeasureAccount]) -> list[MeasureAccount]:
    """What the plan promises about statistics, by its own words."""
    return [measure for measure in measures if FIGURES.search(measure.text)]


def awareness_and_training(measures: Iterable[MeasureAccount]) -> dict[str, list[MeasureAccount]]:
    """Training and awareness measures under each party responsible, in alphabetical order of party."""
    grouped: dict[str, list[MeasureAccount]] = {}
    for measure in measures:
        if measure.kind == "training" or measure.topics & {"training", "awareness"}:
            for owner in measure.parties or ("",):
                grouped.setdefault(owner, []).append(measure)
    return dict(sorted(grouped.items(), key=lambda one: alphabetical(one[0])))


def evaluations(measures: Iterable[MeasureAccount]) -> tuple[list[MeasureAccount], list[MeasureAccount]]:
    """Measures with a duty to be evaluated: those with an evaluation on record, and those still without."""
    bound = [measure for measure in measures if measure.evaluation_source]
    return [one for one in bound if one.evaluations], [one for one in bound if not one.evaluations]
