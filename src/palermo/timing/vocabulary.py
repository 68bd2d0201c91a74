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
    r"january|jan|janvier|janv|januari|januar|janner",
    r"february|feb|fevrier|fevr|fev|februari|februar",
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
    r"2\.|2nd|2e|2eme|2ieme|2nde|2de|second|deuxieme|seconde?|tweede|zweite[rsn]?|ii",
    r"3\.|3rd|3e|3eme|3ieme|3de|third|troisieme|derde|dritte[rsn]?|iii",
    r"4\.|4th|4e|4eme|4ieme|4de|fourth|last|quatrieme|dernier|vierde|laatste|vierte[rsn]?|letzte[rsn]?|iv",
)
QUARTER = r"quarters?|qtr|trimestres?|trimesters?|trim|kwarta(?:al|len)|kw|quartals?"
HALF = (
    r"half(?:-year)?|semesters?|semestres?|sem|helft|jaarhelft|halfjaar|halbjahre?s?|halfte"
    r"|jahreshalfte|moitie"
)
EARLY = (
    r"early(?: in)?|beginning|start of|begin|debut|anfangs?|aanvang|vroeg in|zu beginn"
    r"|jahres(?:anfang|beginn)"
)
MID = r"mid(?:-year)?|middle|mi|milieu|medio|midden|half|halfweg|halverwege|mitte|jahresmitte"
LATE = r"late(?: in)?|(?:year-?)?end|fin|einde?|ende|laat in|spat in|jahresende"

# Articles and the words "year" and "month": they say nothing about a date.
BARE = (
    r"(?:(?:of|the|de|du|des|le|la|les|het|van|von|vom|der|die|das|dem|den|au|zum|year|annee|jaar"
    r"|jahre?s?|month|mois|maand"
    r"|monats?)\b ?|[dl]' ?)*"
)
# What may stand between a part of a year and the year: "Q1/2016", "in de tweede helft van het jaar 2016".
GLUE = rf"\.?(?: ?[-,/] ?| )?{BARE}"
GLUE_IN = rf"{GLUE}(?:(?:im|in|en) )?{BARE}"

BY = (
    r"by|no later than|not later than|at the latest(?: by| on)?|until|till|up to|deadline|due(?: date| by)?"
    r"|au plus tard|pour|jusqu(?:e|'en|'au|'a)|d'ici(?: a)?|echeance|delai|date limite"
    r"|uiterlijk|ten laatste|tegen|niet later dan|tot(?: en met)?|t/m|uiterste datum"
    r"|(?:bis|spatestens)(?: (?:zum|am|im|in))?|frist"
)
BY_JOINS = r"(?:on|in|en|op|pour|at|a|bis|zum|tegen)"
FIRST_TIME = (
    r"(?:for )?(?:the )?first time|(?:pour )?(?:la )?premiere fois|(?:voor )?(?:het |de )?(?:eerst"
    r"|eerste keer)"
    r"|first|erstmals|zum ersten mal"
)
BEFORE = r"before|prior to|avant|voor|vor"
INCLUDED = r"inclus(?:ive|ivement|ief)?|included|inbegrepen|einschliesslich"
LATEST_BEHIND = r"\(?deadline|at the latest|au plus tard|ten laatste|uiterlijk|spatestens"
FROM = (
    r"from|as of|as from|since|starting(?: in| from)?|beginning in|a partir d[eu]|a compter d[eu]|depuis"
    r"|vanaf|met ingang van|sinds|ab|seit|onwards from"
)
FROM_BEHIND = (
    r"onwards?|and beyond|and after|and following|and onwards?|and later|et au-dela|et apres"
    r"|et (?:annees )?suivante?s?"
    r"|et ss\.?|en later|en verder|en volgende(?: jaren)?"
    r"|e\.?v\.?|und spater|und folgende(?: jahre)?|ff\.?"
)
AFTER = r"after|apres|na|nach"
# "planned for 2016" says no more than 2016, though "voor 2016" by itself is before 2016.
PLANNED = (
    r"(?:planned|scheduled|foreseen|expected) (?:for|in)|prevue?s? (?:pour|en)|(?:gepland"
    r"|voorzien) (?:voor|in)"
    r"|(?:geplant|vorgesehen) (?:fur|im)"
)
BETWEEN = r"from|between|de|du|entre|van|tussen|von|vom|zwischen"
TO = r"to|and|till|until|through|a|au|et|tot|tot en met|en|t/m|bis(?: zum)?|und|jusque|-|/"

SUBJECT = (
    r"(?:(?:date|timing|deadline|time ?frame|datum|termijn|termin|frist|zeitpunkt|delai|calendrier"
    r"|echeance) )?"
)
YET = r"(?:(?:still|yet|reste|encore|nog|noch|nader|not yet|nog niet|noch nicht|pas encore|wird noch) )*"
NONE = (
    rf"|{SUBJECT}{YET}(?:"
    r"to be (?:determined|decided|confirmed|defined|agreed|specified|discussed|fixed|set)|determined"
    r"|known|open"
    r"|a (?:determiner|definir|preciser|convenir|confirmer|discuter|fixer|decider)"
    r"|(?:te bepalen|te bespreken|te beslissen|te bevestigen|te bekijken|af te spreken|vast te leggen"
    r"|overeen te komen)"
    r"|bepaald|gekend|bekend|(?:festzulegen|zu bestimmen|zu klaren|zu besprechen|offen|unbestimmt"
    r"|festgelegt))"
    r"(?: (?:by|par|door|durch|von) .{1,80})?"
    r"|n\.?/?a\.?|none|nil|not (?:specified|determined|applicable|set)|unknown|tb[dca]|no (?:deadline|date)"
    r"|non (?:determine|defini|precise)e?|indetermine|neant|aucun|s\.?o\.?|sans objet|pas (?:de delai"
    r"|d'echeance)"
    r"|n\.?v\.?t\.?|n\.?t\.?b\.?|niet van toepassing|onbepaald|onbekend|geen"
    r"|k\.?a\.?|keine angabe|entfallt|nicht zutreffend"
)
LASTING = (
    r"continu(?:ous|ously|ing|al|ally|e|el|elle)?|on-? ?going|permanent(?:e|ly)?|standing|rolling"
    r"|doorlopend|voortdurend|lopende?|laufend|fortlaufend|fortwahrend|kontinuierlich|standig|dauernd"
    r"|dauerhaft"
)
THING = (
    r"process|activity|action|task|work|basis|activite|processus|tache|proces|opdracht|taak|aufgabe|prozess"
)
WHOLE = r"(?:toute|hele?|volledige|gesamten?|ganzen?|whole|entire|full) "
DURING = (
    r"(?:pendant|durant|sur|tout au long|throughout|over|during|for|gedurende|tijdens|doorheen"
    r"|wahrend|uber) "
)
SPAN_OF_TIME = r"(?:duration|period|duree|periode|looptijd|duur|laufzeit)"
THE_PLAN = rf"{BARE}(?:(?:{WHOLE}|action |the )*)(?:plans?|actieplan|aktionsplans?|plan d'action)"
GOES_ON = rf"(?= ?[,;:(-]|$| (?:\ue000|in|for|over|as|{FROM}|{BY}|{BETWEEN}|{DURING})(?!\w))"
LASTING_PHRASE = rf"(?:(?:on an?|en|de (?:maniere|facon)|op|auf) )?(?:{LASTING})e?(?: (?:{THING}))?"
CONTINUOUS = (
    rf"{LASTING_PHRASE}|(?:{THING}) (?:{LASTING})"
    r"|throughout(?! ?\ue000)|always|(?:in|under) ?(?:way|progress)|en permanence|en cours"
    r"|in uitvoering|in umsetzung|daueraufgabe"
    r"|(?:whole|entire) period|toute l'annee|all year round|het hele jaar door|ganzjahrig"
    rf"|(?:{DURING}{BARE}(?:{WHOLE})?|{WHOLE}){BARE}{SPAN_OF_TIME}(?: {THE_PLAN})?|{DURING}{THE_PLAN}"
)
REFERENCE = (
    r"see|cfr?|compare|refer to|as (?:in|per) (?:the )?table|voir|conformement au tableau|zie|vgl"
    r"|siehe|gemass"
)
RELATIVE = (
    r"(?:after|following|upon|once(?! an?\b)|further to|within|next|as soon as|when|from the|pending"
    r"|depending on)"
    r"|(?:apres|suivant|des que|a la suite|suite a|dans les|endeans|dans un delai|prochaine?s?"
    r"|lors de|a partir de l)"
    r"|(?:na|binnen|volgende|zodra|bij de|nadat)"
    r"|(?:nach|innerhalb|nachste[rsn]?|sobald|binnen)"
)
CONDITION = (
    r"as needed|if |when(?:ever)? (?:required|needed|necessary|possible|appropriate|resources|funds|budget)"
    r"|where (?:necessary|possible|appropriate|needed)|as required|as soon as possible|asap|as resources"
    r"|subject to|within (?:the )?(?:(?:limits?|available|existing|budget)\b)|within its means"
    r"|selon (?:le |les )?(?:besoins?|moyens)|dans la limite|dans les limites|si |des que possible"
    r"|en fonction"
    r"|dans les (?:plus brefs|meilleurs) delais|sous reserve|le cas echeant"
    r"|naar behoefte|naar gelang|indien |zo spoedig|zo snel|zodra mogelijk|naargelang|volgens"
    r"|afhankelijk van"
    r"|onder voorbehoud|binnen (?:de )?(?:perken|beschikbare|bestaande|grenzen)"
    r"|nach bedarf|bei bedarf|falls |so ?bald (?:wie )?moglich|moglichst bald|vorbehaltlich|je nach"
    r"|nach massgabe|im rahmen der"
)
HAPPENING = (
    r"assessments?|evaluations?|editions?|reports?|reviews?|meetings?|rounds?|sessions?|courses?|trainings?"
    r"|cycles?"
    r"|reunions?|rapports?|formations?|tours?|edition|evaluatie|verslag|vergadering|opleiding|ronde|editie"
    r"|bewertung|evaluierung|bericht|sitzung|schulung|runde|ausgabe|auflage|occurrence|conference"
    r"|audit|survey|enquete"
)
# A text that is called by its year: "the 2013 law", "plan d'action 2012-2014" says what, not when.
CALLED = (
    r"law|act|bill|plan|report|decree|directive|circular|text|strategy|loi|arrete|rapport|circulaire"
    r"|texte|strategie"
    r"|plan d'action|wet|besluit|actieplan|verslag|omzendbrief|gesetz|bericht|aktionsplan|rundschreiben"
)

JOINS = r"(?: ?[-/] ?| (?:to|and|a|au|et|tot|tot en met|en|t/m|bis(?: zum)?|und) )"
PARTS_OF_ONE_YEAR = re.compile(rf"\b([qtkhs])([1-4]){JOINS}\1([1-4]) ?({YEARS})\b")
ANY_MONTH = "|".join(MONTH_NAMES)
DAY_NUMBER = r"(?:\d{1,2}(?:er|e|st|nd|rd|th|ste|de|\.)? )?"
# "January to March 2016", "du 1er mars au 30 juin 2016": both are of the one year.
OF_ONE_YEAR = re.compile(
    rf"\b({DAY_NUMBER}(?:{ANY_MONTH}))\.?{JOINS}"
    rf"({DAY_NUMBER}(?:{ANY_MONTH}))\.? ({YEARS})\b"
)

# Words that may stand around a date without changing what it says.
# French "dès" is "from"; without its accent it would be the German article.
ACCENTED = re.compile(r"\bdès(?! que\b)", re.IGNORECASE)
FRAME = frozenset(Path(__file__).with_name("frame.txt").read_text("utf-8").split())


def in_plain_signs(text: str) -> str:
    """Letters without accents and case, one sort of dash, apostrophe and digit."""
    plain = ACCENTED.sub("à partir de", unicodedata.normalize("NFC", text))
    plain = unicodedata.normalize("NFKD", plain).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", plain).replace("\u2019", "'").replace("\u2044", "/")
    return "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in plain)


def fold(text: str) -> str:
    """A text for comparing: no markup, case, accents or odd dashes and spaces; one space between words."""
    plain = re.sub(r"<[^<>]{0,200}>", " ", html.unescape(text))
    plain = plain.lower() if plain.isascii() else in_plain_signs(plain)
    plain = PARTS_OF_ONE_YEAR.sub(r"\1\2 \4/\1\3 \4", plain)
    plain = OF_ONE_YEAR.sub(r"\1 \3/\2 \3", plain)
    return re.sub(r"\s+", " ", plain).strip(" .;,:\"'“”«»")
