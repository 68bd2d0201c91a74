"""The words of time in English, French, Dutch and German, without case and accents.

Each value is a regular expression over folded text (`fold`). A language's words are tried together with the
others': no word here means one thing in one language and another in the next.
"""

from __future__ import annotations

import html
import re
import unicodedata
from pathlib import Path

YEARS = r"(?:19|20)\d\d"
LONGEST = 2_000  # signs; a cell that is longer tells a story and no date

MONTH_NAMES = (
    r"january|jan|janvier|januari|januar",
    r"february|feb|fevrier|fevr|februari|februar",
    r"march|mar|mars|maart|mrt|marz",
    r"april|apr|avril|avr",
    r"may|mai|mei",
    r"june|jun|juin|juni",
    r"july|jul|juillet|juil|juli",
    r"august|aug|aout|augustus",
    r"september|sept|sep|septembre",
    r"october|oct|okt|octobre|oktober",
    r"november|nov|novembre",
    r"december|dec|dez|decembre|dezember",
)
ORDINALS = (
    r"1\.|1st|1er|1re|1ere|1e|1ste|first|premier|premiere|eerste|erste[rsn]?|i",
    r"2\.|2nd|2e|2eme|2de|second|deuxieme|seconde?|tweede|zweite[rsn]?|ii",
    r"3\.|3rd|3e|3eme|3de|third|troisieme|derde|dritte[rsn]?|iii",
    r"4\.|4th|4e|4eme|4de|fourth|last|quatrieme|dernier|vierde|laatste|vierte[rsn]?|letzte[rsn]?|iv",
)
QUARTER = r"quarters?|trimestres?|kwarta(?:al|len)|quartals?"
HALF = r"half(?:-year)?|semesters?|semestres?|helft|halfjaar|halbjahre?s?|halfte"
EARLY = r"early|beginning(?: of)?|start of|begin(?: van)?|debut|au debut de|anfang|aanvang|vroeg(?: in)?"
MID = r"mid|middle of|mi|milieu(?: de)?|medio|midden(?: van)?|half|mitte|mid-year"
LATE = r"late|end(?: of)?|fin(?: de)?|eind(?:e)?(?: van)?|ende|laat in|spat in"

BY = (
    r"by(?: the)?(?: end of)?|no later than|not later than|at the latest(?: by| on)?|until|up to|deadline"
    r"|au plus tard(?: le| en| a la| pour)?|pour le|jusqu'en|jusqu'au|d'ici(?: le| a| la)?|d'ici a"
    r"|uiterlijk(?: op| in| tegen)?|ten laatste(?: op| in| tegen)?|tegen|tot(?: en met)?"
    r"|spatestens(?: am| bis| im)?|bis(?: zum| spatestens)?|till"
)
BEFORE = r"before(?: the)?|prior to|avant(?: le| la)?|voor|vor(?: dem)?"
LATEST_BEHIND = r"at the latest|au plus tard|ten laatste|uiterlijk|spatestens"
FROM = (
    r"from|as of|as from|since|starting(?: in| from)?|beginning in|a partir d[eu]|des|a compter d[eu]|depuis"
    r"|vanaf|sinds|ab|seit|onwards from"
)
FROM_BEHIND = r"onwards?|and beyond|and after|et au-dela|et apres|en later|und spater"
AFTER = r"after|apres|na|nach"
BETWEEN = r"from|between|de|entre|van|tussen|von|zwischen"
TO = r"to|and|till|until|through|a|au|et|tot|tot en met|en|t/m|bis|und|-|/"

NONE = (
    r"|n/?a|none|nil|not (?:specified|determined|applicable|yet known)|unknown"
    r"|(?:still )?to be (?:determined|decided|confirmed|defined|agreed|specified)|tb[dca]|open"
    r"|(?:reste )?a (?:determiner|definir|preciser|convenir|confirmer)|non (?:determine|defini|precise)e?"
    r"|neant|s\.?o\.?"
    r"|(?:nog )?(?:nader )?te bepalen|nog niet bepaald|nvt|n\.v\.t\.?|onbepaald"
    r"|(?:noch )?(?:festzulegen|zu bestimmen|offen)|noch nicht festgelegt|k\.a\."
)
CONTINUOUS = (
    r"(?:on a )?continu(?:ous|ously|ing|al|ally)(?: basis)?|on-?going|permanent(?:ly)?|standing|rolling"
    r"|throughout(?: the (?:plan|period|duration of the plan))?|whole period|entire period|always"
    r"|(?:en )?continu(?:e|el|elle)?|(?:de maniere )?permanente?|en permanence|en cours"
    r"|pendant toute la duree(?: du plan)?"
    r"|doorlopend|voortdurend|lopend|continu|permanent|gedurende (?:het hele plan|de hele periode)"
    r"|laufend|fortlaufend|kontinuierlich|standig|dauerhaft|wahrend der gesamten laufzeit"
)
REFERENCE = (
    r"see|cf|compare|refer to|as (?:in|per) (?:the )?table|voir|conformement au tableau|zie|vgl|siehe|gemass"
)
RELATIVE = (
    r"(?:after|following|upon|once|further to|within|next|as soon as|when|from the|pending|depending on)"
    r"|(?:apres|suivant|des que|a la suite|dans les|dans un delai|prochaine?s?|lors de)"
    r"|(?:na|binnen|volgende|zodra|bij de|nadat)"
    r"|(?:nach|innerhalb|nachste[rsn]?|sobald|binnen)"
)
CONDITION = (
    r"as needed|if |when required|where necessary|as required|as soon as possible|asap|as resources"
    r"|subject to"
    r"|selon les besoins|si |des que possible|en fonction|sous reserve|le cas echeant"
    r"|naar behoefte|indien |zo spoedig|zo snel|naargelang|onder voorbehoud"
    r"|nach bedarf|bei bedarf|falls |so bald wie|moglichst bald|vorbehaltlich"
)
HAPPENING = (
    r"assessments?|evaluations?|editions?|reports?|reviews?|meetings?|rounds?|sessions?|courses?|trainings?"
    r"|cycles?"
    r"|reunions?|rapports?|formations?|tours?|edition|evaluatie|verslag|vergadering|opleiding|ronde|editie"
    r"|bewertung|bericht|sitzung|schulung|runde|ausgabe|auflage|occurrence|conference|audit|survey|enquete"
)

# Words that may stand around a date without changing what it says.
FRAME = frozenset(Path(__file__).with_name("frame.txt").read_text("utf-8").split())


def fold(text: str) -> str:
    """A text for comparing: no markup, case, accents or odd dashes and spaces; one space between words."""
    plain = re.sub(r"<[^<>]{0,200}>", " ", html.unescape(text))
    plain = unicodedata.normalize("NFKD", plain).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", plain).replace("\u2019", "'").replace("\u2044", "/")
    plain = "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in plain)
    plain = re.sub(rf"\b([qtkhs])([1-4]) ?[-/] ?\1([1-4]) ?({YEARS})\b", r"\1\2 \4/\1\3 \4", plain)
    return re.sub(r"\s+", " ", plain).strip(" .;,:\"'“”«»")
