"""What each finding says in words: one place, so that the rules keep to codes."""

from __future__ import annotations

from palermo.errors import words
from palermo.statistics.checks.finding import Finding

SUMS = {
    "parts-exceed": words(
        "{dimension}: the parts come to {sum}, the total is {total}: "
        "one of them is off by {difference} ({told})."
    ),
    "parts-exceed-at-least": words(
        "{dimension}: the parts come to {sum} at least, the total is {total}: "
        "one of them is off by {difference} at least ({told})."
    ),
    "parts-fall-short": words(
        "{dimension}: the parts come to {sum}, the total is {total}: {difference} are missing ({told})."
    ),
    "parts-fall-short-at-least": words(
        "{dimension}: the parts come to {sum} at most, the total is {total}: "
        "{difference} at least are missing ({told})."
    ),
    "rest-is-missing": words(
        "{dimension}: the parts come to {sum}, the total is {total}: {difference} are in no part, "
        "and nothing says whether they are others or unknown ({told})."
    ),
    "rest-is-missing-at-least": words(
        "{dimension}: the parts come to {sum} at most, the total is {total}: {difference} at least are in "
        "no part, and nothing says whether they are others or unknown ({told})."
    ),
    "further-part": words(
        "The code {code} of {dimension} (rows: {number}) is not in the specification: "
        "it was taken as a further part of the total."
    ),
    "code-not-known": words(
        "The code {code} of {dimension} (rows: {number}) is not in the specification: "
        "its cells are in no sum."
    ),
    "form-exceeds-total": words(
        "{form}: {value} are more than the {total} of the table of totals: one of them is wrong, "
        "or they come from two sources."
    ),
    "forms-exceed-total": words(
        "The forms ({number}) come to {sum} at least, the total is {total}, "
        "although each person counts under one form."
    ),
    "forms-fall-short": words(
        "The forms ({number}) come to {sum} at most, the total is {total}, "
        "although each person counts under one form."
    ),
}
WRITTEN = {
    "same-twice": words("{number} rows have this key (lines {lines}), with the same count: {values}."),
    "differ": words("{number} rows have this key (lines {lines}), with different counts: {values}."),
    "blank": words(
        "The count is blank, which is not 0: write 0, the mark of a hidden count, or leave the row out."
    ),
    "spaces": words("The count “{text}” has spaces around it."),
    "thousands": words("The count “{text}” has a separator of thousands: write it in digits only."),
    "decimals": words("The count “{text}” has decimals: people are counted in whole numbers."),
    "negative": words("The count “{text}” is below 0."),
    "no-count": words("“{text}” is no count, and not the mark of a hidden one."),
    "name-for-code": words("“{text}” (rows: {number}) is no code of a country; it probably means {code}."),
    "no-country": words("“{text}” (rows: {number}) is no code of a country."),
    "free-text": words(
        "{column}: {number} labels stand where codes of countries should, "
        "and {unknown} of them were not recognised; such as: {examples}."
    ),
    "several-spellings": words("{column}: {code} stands under {number} spellings: {labels}."),
}
COMPARED = {
    "jump": words(
        "{before} the year before and {now} in {year}: a break, a slip or another source ({history})."
    ),
    "swapped": words(
        "{women} women and {men} men: the two columns are probably swapped; "
        "other years (women/men): {history}."
    ),
    "swapped-and-too-many": words(
        "{women} women and {men} men: the two columns are swapped, for as they stand they are more than "
        "the table of totals has; other years (women/men): {history}."
    ),
    "more-later": words(
        "{later}: {after} are more than {earlier}: {before}; years and units may differ, or one is wrong."
    ),
    "ages-repeat-sexes": words(
        "The ages repeat the sexes' totals: {children} children and {adults} adults, "
        "{women} women and {men} men."
    ),
    "recoverable": words(
        "The hidden count ({mark}) follows by one subtraction from published ones: it is {value}."
    ),
    "small-and-published": words(
        "The count {value} is published, although other small counts are hidden as {mark}."
    ),
}
NOT_ASKED = {
    "no-period": words(
        "Nothing declares the period of the figures: name the column of the year, or reference: period."
    ),
    "no-instance": words(
        "Nothing declares whether convictions are counted at first instance or when final: "
        "add reference: instance."
    ),
    "no-form": words(
        "Not asked: no column was recognised as the form of exploitation; name it under roles: form."
    ),
    "no-total-of-forms": words("Not asked: no table holds the total of all forms of exploitation."),
    "no-country-column": words(
        "Not asked: no column was recognised as the country; name it under roles: country."
    ),
    "no-year": words("Not asked: no column was recognised as the year; name it under roles: year."),
    "no-sex": words(
        "Not asked: no dimension was recognised as the sex, with codes for women and men; "
        "name it under roles: sex."
    ),
    "no-age": words(
        "Not asked: no dimension was recognised as the age, with codes for children and adults; "
        "name it under roles: age."
    ),
    "no-indicator": words(
        "Not asked: no column was recognised as the indicator; name it under roles: indicator."
    ),
    "no-mark": words(
        "Not asked: the specification names no mark of hidden counts; name it under suppressed."
    ),
}
SENTENCES = {**SUMS, **WRITTEN, **COMPARED, **NOT_ASKED}


def sentence(found: Finding) -> str:
    """A finding in English."""
    return SENTENCES[found.code].format(**found.params)
