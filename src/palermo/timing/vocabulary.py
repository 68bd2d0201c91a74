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
QUARTER = r"quarters?|qtr|trimestres?|trim|kwarta(?:al|len)|kw|quartals?"
HALF = r"half(?:-year)?|semesters?|semestres?|sem|helft|jaarhelft|halfjaar|halbjahre?s?|halfte|jahreshalfte"
EARLY = r"early|beginning(?: of)?|start of|begin(?: van)?|debut|au debut de|anfang|aanvang|vroeg(?: in)?"
MID = r"mid|middle of|mi|milieu(?: de)?|medio|midden(?: van)?|half|mitte|mid-year"
LATE = r"late|end(?: of)?|fin(?: de)?|eind(?:e)?(?: van)?|ende|laat in|spat in"

BY = (
    r"by(?: the)?(?: end of)?|no later than|not later than|at the latest(?: by| on)?|until|up to|deadline"
    r"|au plus tard(?: le| en| a la| pour)?|pour(?: le| la)?|jusqu'en|jusqu'au|d'ici(?: le| a| la)?|d'ici a"
    r"|uiterlijk(?: op| in| tegen)?|ten laatste(?: op| in| tegen)?|tegen|tot(?: en met)?"
    r"|spatestens(?: am| bis| im)?|bis(?: zum| spatestens)?|till"
)
# The words by which a recurrence tells its first time.
FIRST_TIME = (
    r"(?:for )?the first time|first time|(?:pour )?la premiere fois|voor het eerst|voor de eerste keer"
    r"|erstmals"
    r"|zum ersten mal"
)
BEFORE = r"before(?: the)?|prior to|avant(?: le| la)?|voor|vor(?: dem)?"
LATEST_BEHIND = r"at the latest|au plus tard|ten laatste|uiterlijk|spatestens"
FROM = (
    r"from|as of|as from|since|starting(?: in| from)?|beginning in|a partir d[eu]|des|a compter d[eu]|depuis"
    r"|vanaf|sinds|ab|seit|onwards from"
)
FROM_BEHIND = (
    r"onwards?|and beyond|and after|and following|and later|et au-dela|et apres|et suivante?s?|et ss\.?"
    r"|en later|en volgende"
    r"|e\.?v\.?|und spater|und folgende|ff\.?"
)
AFTER = r"after|apres|na|nach"
BETWEEN = r"from|between|de|entre|van|tussen|von|zwischen"
TO = r"to|and|till|until|through|a|au|et|tot|tot en met|en|t/m|bis|und|-|/"

NONE = (
    r"|n/?a|none|nil|not (?:specified|determined|applicable|yet known)|unknown"
    r"|(?:still )?to be (?:determined|decided|confirmed|defined|agreed|specified|discussed)|tb[dca]|open"
    r"|(?:reste )?a (?:determiner|definir|preciser|convenir|confirmer|discuter|fixer)"
    r"|non (?:determine|defini|precise)e?"
    r"|neant|s\.?o\.?"
    r"|(?:nog )?(?:nader )?(?:te bepalen|te bespreken|af te spreken|vast te leggen|overeen te komen)"
    r"|nog niet bepaald|nvt|n\.v\.t\.?|onbepaald"
    r"|(?:noch )?(?:festzulegen|zu bestimmen|zu klaren|zu besprechen|offen)|noch nicht festgelegt|k\.a\."
)
CONTINUOUS = (
    r"(?:on a )?continu(?:ous|ously|ing|al|ally)(?: basis)?|on-?going|permanent(?:ly)?|standing|rolling"
    r"|throughout(?: the (?:plan|period|duration of the plan))?|whole period|entire period|always"
    r"|(?:en )?continu(?:e|el|elle)?|(?:de maniere )?permanente?|en permanence|en cours"
    r"|(?:pendant|durant) (?:toute )?la duree(?: du plan)?|toute la duree(?: du plan)?"
    r"|tout au long (?:du plan|de la periode)"
    r"|during the (?:whole |entire )?(?:plan|period)|for the duration of the plan|under ?way"
    r"|doorlopend|voortdurend|lopende?|continu|permanent|in uitvoering|doorheen het (?:hele )?plan"
    r"|gedurende (?:het hele plan|de (?:hele |volledige )?(?:periode|looptijd|duur)(?: van het plan)?)"
    r"|laufend|fortlaufend|kontinuierlich|standig|dauerhaft"
    r"|(?:wahrend|uber) (?:der|die) (?:gesamten?|ganzen?) laufzeit"
    r"(?: des plans)?"
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
    r"|subject to|within (?:the )?(?:(?:limits?|available|existing|budget)\b)|within its means"
    r"|selon les (?:besoins|moyens)|dans la limite|dans les limites|si |des que possible|en fonction"
    r"|sous reserve|le cas echeant"
    r"|naar behoefte|indien |zo spoedig|zo snel|naargelang|volgens|afhankelijk van|onder voorbehoud"
    r"|binnen (?:de )?(?:perken|beschikbare|bestaande|grenzen)"
    r"|nach bedarf|bei bedarf|falls |so bald wie|moglichst bald|vorbehaltlich|je nach|nach massgabe"
    r"|im rahmen der"
)
HAPPENING = (
    r"assessments?|evaluations?|editions?|reports?|reviews?|meetings?|rounds?|sessions?|courses?|trainings?"
    r"|cycles?"
    r"|reunions?|rapports?|formations?|tours?|edition|evaluatie|verslag|vergadering|opleiding|ronde|editie"
    r"|bewertung|bericht|sitzung|schulung|runde|ausgabe|auflage|occurrence|conference|audit|survey|enquete"
)

# "January to March 2016": both months are of the one year.
MONTHS_OF_ONE_YEAR = re.compile(
    rf"\b({'|'.join(MONTH_NAMES)})\.? ?(?:-|/|to|a|au|tot|tot en met|t/m|bis) ?"
    rf"({'|'.join(MONTH_NAMES)})\.? ({YEARS})\b"
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
    plain = MONTHS_OF_ONE_YEAR.sub(r"\1 \3/\2 \3", plain)
    return re.sub(r"\s+", " ", plain).strip(" .;,:\"'“”«»")
