# ruff: noqa: E501 - a table of cases reads best with a case a line
"""Promises of the running text in four languages: which sentences promise, how firmly, who and by when."""

import pytest

from palermo.organisations.directory import load
from palermo.plan.rules.document import read_plan
from palermo.reading import Document, Paragraph, Place

PROMISES = """
fr | Le SPF Emploi s'engage à former ses contrôleurs avant fin 2016. | firm | fps-labour | ../2016-39
fr | Après le rapport de Myria, l'Office des étrangers devra revoir ses instructions internes. | firm | immigration-office | none
fr | La circulaire du Collège des procureurs généraux sera traduite par le SPF Justice. | firm | fps-justice | none
fr | Le Bureau de la Cellule et le SPF Intérieur veilleront à la diffusion de cette fiche. | firm | bureau | none
fr | Les représentants de la Police fédérale participeront à ces réunions de travail. | firm | federal-police | none
fr | La Cellule examinera si un tel fonds peut être créé. | explore | cell | none
nl | In 2017 zal de Dienst Vreemdelingenzaken zijn richtlijnen herzien en verspreiden. | firm | immigration-office | 2017
nl | De FOD Sociale Zekerheid verbindt zich ertoe de cijfers te delen met Myria. | firm | fps-social-security | none
nl | Op vraag van het Bureau moet Fedasil een nieuwe opleiding voorzien. | firm | fedasil | none
nl | De omzendbrief zal worden aangepast door het College van procureurs-generaal. | firm | college | none
nl | De FOD Justitie zal met de gemeenschappen onderzoeken of een register nodig is. | explore | fps-justice | none
de | Die Föderale Polizei verpflichtet sich, die Leitlinien jährlich zu prüfen und anzupassen. | firm | federal-police | R/P1Y
de | Im Jahr 2017 wird das Ausländeramt gemeinsam mit Fedasil einen Leitfaden verfassen. | firm | immigration-office | 2017
en | On behalf of the Bureau, the FPS Foreign Affairs will write to the embassies by June 2016. | firm | fps-foreign-affairs | ../2016-06
en | The fact sheet made by Fedasil will be handed to the guardians of minors. | firm | nobody | none
en | The FPS Justice, together with the Federal Police, undertakes to collect the judgments. | firm | fps-justice | none
en | Interpreters must be trained by the Immigration Office before the end of 2018. | firm | immigration-office | ../2018-39
en | As set out in the circular Col 01/2007, the letter will be assessed every 2 years by the College of Attorneys-General. | firm | college | R/P2Y
en | The Government will report every two years, and Myria will publish a report every year. | firm | nobody | R/P2Y
en | The Immigration Office intends to revise its guide and keeps the list of centres up to date. | firm | immigration-office | none
en | The existing referral form should be revised. | firm | nobody | none
fr | Le SPF Emploi prévoit d'étendre le projet pilote à deux autres régions. | firm | fps-labour | none
fr | Le Bureau de la Cellule est bien entendu disponible pour informer les cabinets. | standing | bureau | none
fr | Les efforts en la matière se poursuivront. | firm | nobody | none
fr | À terme, une formation est prévue. | firm | nobody | none
fr | Les entités fédérées seront invitées à rejoindre la Cellule. | firm | federated-entities | none
nl | Het CGVS wordt betrokken bij de volgende opleiding. | firm | cgrs | none
nl | Er wordt overwogen de bedenktijd te verlengen. | explore | nobody | none
nl | Op termijn is een opleiding voor de voogden gepland. | firm | nobody | none
de | Das Büro der Zelle verfasst hierzu einen Vermerk bis Ende 2016. | firm | bureau | ../2016-39
en | The law adopted in 2013 will be evaluated. | firm | nobody | none
en | The measures launched in 2014 will be continued until 2018. | firm | nobody | ../2018
en | The Act of 24 June 2013 will be evaluated in the course of 2017. | firm | nobody | 2017
en | A study will be carried out between March and June 2017. | firm | nobody | 2017-03/2017-06
fr | La circulaire sera évaluée d'ici la fin du premier semestre 2017. | firm | nobody | ../2017-40
nl | De wet die in 2013 werd goedgekeurd, zal worden geëvalueerd. | firm | nobody | none
nl | Tegen het einde van 2016 zal de FOD Justitie een verslag publiceren. | firm | fps-justice | ../2016-39
de | Das Gesetz vom 29. April 2013 wird bis Ende 2018 bewertet. | firm | nobody | ../2018-39
en | The members of the Cell will send their remarks to the chair. | firm | cell | none
"""
NO_PROMISES = """
fr | En 2012, le SPF Justice a modifié la loi et les peines ont été aggravées.
nl | In 2014 heeft de Federale Politie een nieuwe dienst opgericht in Brussel.
de | Im Jahr 2013 wurde das Gesetz auf Vorschlag der Regierung geändert.
fr | Ce chapitre présentera les principales tendances.
nl | Slachtoffers worden vaak gezien als daders.
de | Die Opfer werden oft als Täter gesehen.
en | Victims will often be afraid to speak to the police.
en | Article 4 of the Directive provides that penalties must be effective.
en | In 2014 the Federal Police created a new unit in the capital.
"""


def commitments(language, text):
    blocks = (Paragraph("1. Measures to come", Place(line=1), level=1), Paragraph(text, Place(line=2)))
    return read_plan(Document("x", "txt", "", blocks), load(), language).commitments


def cases(table):
    return [line.split(" | ") for line in table.strip().splitlines()]


@pytest.mark.parametrize(("language", "text", "strength", "who", "when"), cases(PROMISES))
def test_a_promise_has_its_subject_as_actor_and_its_own_time(language, text, strength, who, when):
    [one] = commitments(language, text)
    party = load().find(one.actor) if one.actor else None
    told = one.timing.edtf or one.timing.recurrence or one.timing.kind
    assert (one.strength, party.code if party else "be/nobody", told) == (strength, f"be/{who}", when)


@pytest.mark.parametrize(("language", "text"), cases(NO_PROMISES))
def test_history_is_no_promise(language, text):
    assert not commitments(language, text)
