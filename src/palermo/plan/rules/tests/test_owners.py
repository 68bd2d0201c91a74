# ruff: noqa: E501 - a table of cases reads best with a case a line
"""Who is responsible, in the words of four languages: which party, and with which role."""

import pytest

from palermo.organisations.directory import load
from palermo.plan.rules.document import read_plan
from palermo.plan.rules.owners import read_owners
from palermo.reading import Document, Paragraph, Place, Row, Table, cell

CELLS = """
SPF Justice (pilote), Police fédérale | lead fps-justice, with federal-police
Pilote : SPF Justice | lead fps-justice
Chef de file : Office des étrangers ; partenaires : PAG-ASA, Payoke et Sürya | lead immigration-office, with pag-asa, with payoke, with surya
Responsable : SPF Intérieur, en collaboration avec Myria et Fedasil | lead fps-home-affairs, with rapporteur, with fedasil
SPF Santé publique : pilote ; Child Focus : partenaire | lead fps-public-health, with child-focus
SPF Justice, après avis du Collège des procureurs généraux | lead fps-justice, consulted college
SPF Justice (avis du Collège des procureurs généraux) | lead fps-justice, consulted college
SPF Emploi, suivi par le Bureau | lead fps-labour, follow-up bureau
Bureau de la Cellule (suivi), SPF Justice (pilote) | follow-up bureau, lead fps-justice
Ministre de la Justice, le cas échéant en concertation avec les entités fédérées | lead minister-justice, consulted federated-entities
SPF Justice – Police fédérale | lead fps-justice, lead federal-police
Police fédérale et locale | lead federal-police, lead local-police
Ministres de la Justice et de l'Intérieur | lead minister-justice, lead minister-home-affairs
SPF Justice et Intérieur | lead fps-justice, lead fps-home-affairs
SPF Justice et autres services concernés | lead fps-justice, lead class
Trekker: FOD Justitie; i.s.m. Federale Politie | lead fps-justice, with federal-police
FOD Justitie (trekker), Dienst Vreemdelingenzaken | lead fps-justice, with immigration-office
FOD Werkgelegenheid in samenwerking met de Lokale Politie en het Arbeidsauditoraat | lead fps-labour, with local-police, with labour-prosecutors
Federale en lokale politie | lead federal-police, lead local-police
Fedasil met steun van Payoke, opvolging door het Bureau | lead fedasil, with payoke, follow-up bureau
FOD Justitie, na advies van Myria | lead fps-justice, consulted rapporteur
Child Focus, in samenspraak met Fedasil | lead child-focus, consulted fedasil
FOD Justitie en andere betrokken diensten | lead fps-justice, lead class
Federführung: FÖD Justiz; Mitwirkung: Fedasil | lead fps-justice, with fedasil
FÖD Justiz in Zusammenarbeit mit der Föderalen Polizei | lead fps-justice, with federal-police
Lead: FPS Justice. Support: Federal Police | lead fps-justice, with federal-police
FPS Foreign Affairs [lead] / Myria [consulted] | lead fps-foreign-affairs, consulted rapporteur
Lead agency: Immigration Office. In cooperation with: Fedasil, Myria. Follow-up: Bureau | lead immigration-office, with fedasil, with rapporteur, follow-up bureau
Local police forces, coordinated by the Federal Police | with local-police, lead federal-police
Support Group for Victims / Fedasil | lead unknown, lead fedasil
Social partners | lead unknown
FPS Justice / Home for Girls | lead fps-justice, lead unknown
Federal and Roman services | lead unknown
Ministry of Justice and Equality | lead unknown
Ministère de la Justice et des Libertés | lead unknown
Ministers of Justice, Home Affairs and Labour | lead minister-justice, lead minister-home-affairs, lead minister-labour
Ministère de l'Intérieur (France) | lead unknown
Ministerie van Buitenlandse Zaken (Nederland) | lead unknown
BMFSFJ, BMI und BMJV | lead unknown, lead unknown, lead unknown
Department of Children, Tusla / An Garda Síochána, HSE | lead unknown, lead unknown, lead unknown
FPS Justice (with Fedasil and Payoke) | lead fps-justice, with fedasil, with payoke
FPS Justice, represented by the Criminal Policy Service | lead fps-justice
Minister van Justitie, in het kader van de Interdepartementale Coördinatiecel + betrokken ministers/kabinetten | lead minister-justice, lead ministers-concerned
In consultation with the Bureau: FPS Labour | consulted bureau, lead fps-labour
1. FPS Justice 2. Federal Police | lead fps-justice, lead federal-police
a) SPF Justice b) Police fédérale | lead fps-justice, lead federal-police
Bureau de la Cellule TEH (SPF Emploi) et en particulier les centres d'accueil | lead bureau, lead reception-centres
Tous les niveaux de pouvoir en fonction du sujet traité, du type d'initiative et du public visé (cf. aussi 9.3) | lead every-level
FOD Werkgelegenheid/FOD Sociale Zekerheid en overleg met het Bureau van de Cel (opvolging) | lead fps-labour, lead fps-social-security, consulted bureau
Anti-Trafficking Monitoring Committee | lead unknown
SPF Justice ou SPF Intérieur | lead fps-justice, lead fps-home-affairs
Minister of Justice or his representative | lead minister-justice
Chaque niveau de pouvoir selon le sujet traité, le type d'initiative et le public visé | lead every-level
Ausländeramt (Begleitung durch das Büro) | lead immigration-office, follow-up bureau
Judicial Training Institute with input from Myria | lead judicial-training-institute, with rapporteur
Im Büro zu besprechen | lead undecided
À désigner par le Gouvernement | lead undecided
Nog aan te duiden | lead undecided
"""


def told(owner):
    if owner.kind != "party" and not owner.party:
        return owner.kind
    return owner.party.removeprefix("be/") if owner.party else "unknown"


@pytest.mark.parametrize(("text", "expected"), [line.split(" | ") for line in CELLS.strip().splitlines()])
def test_role_words_of_four_languages_say_who_leads_who_helps_who_is_asked_and_who_watches(text, expected):
    found = [f"{owner.role} {told(owner)}" for owner in read_owners(text, load())]
    assert found == expected.split(", ")


@pytest.mark.parametrize("text", ["-", "N/A", "n.v.t.", "sans objet", "Néant", "keine"])
def test_a_cell_that_says_that_nobody_is_meant_names_no_owner(text):
    assert not read_owners(text, load())


def of(title, *rows):
    head = ["Action", "Responsible", "Timing"]
    cells = tuple(Row(tuple(map(cell, row)), Place(line=at)) for at, row in enumerate((head, *rows), 2))
    blocks = (Paragraph(title, Place(line=1), level=1), Table(cells, Place(line=2)))
    return read_plan(Document("x", "docx", "", blocks), load())


@pytest.mark.parametrize(
    "title", ["Ireland's second national plan", "Plan national de la France", "Aktionsplan für Deutschland"]
)
def test_a_plan_of_another_country_is_read_without_the_bodies_of_this_one(title):
    [measure] = of(title, ["Train inspectors", "Ministry of Justice, Federal Police", "2016"]).measures
    assert [owner.party for owner in measure.owners] == [None] * len(measure.owners)
    assert "unknown-party" in {doubt.code for doubt in measure.doubts}


def test_another_country_in_one_cell_leaves_the_others_to_this_one():
    rows = (
        ["Hold a seminar", "Ministry of Justice (Luxembourg)", "2016"],
        ["Train inspectors", "Federal Police", "2016"],
    )
    found = [[owner.party for owner in one.owners] for one in of("1. Cooperation", *rows).measures]
    assert found == [[None], ["be/federal-police"]]
