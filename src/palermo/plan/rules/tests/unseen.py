# ruff: noqa: E501 - a plan reads best with a row a line
"""Plans of other makes: each with its file, its language and what it says, row by row.

A row of what is expected: section, the measure's first words, the owners as "role party", the timing as EDTF,
recurrence or kind, and the codes of the doubts. Their measures are invented; their parties are not.
"""

import csv
import html
import io
from datetime import date

import docx
import xlsxwriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

SPAN = object()  # covered by the cell to the left


def word(blocks):
    """Headings, paragraphs and tables whose cells may be lists of lines, bulleted lists, merged or spanning."""
    document = docx.Document()
    for kind, *rest in blocks:
        if kind == "h":
            document.add_heading(rest[1], rest[0])
        elif kind == "p":
            document.add_paragraph(rest[0])
        else:
            word_table(document, rest[0])
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def word_table(document, rows):
    table = document.add_table(len(rows), len(rows[0]))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            cell = table.cell(at, column)
            if text is None:
                table.cell(at - 1, column).merge(cell)
            elif text is SPAN:
                table.cell(at, column - 1).merge(cell)
            else:
                style = "List Bullet" if isinstance(text, list) else None
                first, *others = [text] if isinstance(text, str) else text
                cell.text = first
                cell.paragraphs[0].style = style
                for line in others:
                    cell.add_paragraph(line, style=style)


def repeated_header(content):
    """A document whose tables repeat their first row on every page, as Word marks it."""
    document = docx.Document(io.BytesIO(content))
    for table in document.tables:
        mark = OxmlElement("w:tblHeader")
        mark.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(mark)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def separated(rows, delimiter, encoding):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def workbook(sheets):
    """Sheets of rows; a day is written as a day; ("merge", text, columns) is a cell over several columns."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(at, column, value, day)
                elif isinstance(value, tuple):
                    sheet.merge_range(at, column, at, column + value[2] - 1, value[1])
                elif value is not None and value is not SPAN:
                    sheet.write(at, column, value)
    book.close()
    return file.getvalue()


def aligned(pages, columns, *, title="", size=9, leading=12, gap=6):
    """A PDF whose tables have no ruling lines: the words of a column only begin at the same place."""
    file = io.BytesIO()
    page = Canvas(file, pagesize=A4, invariant=1)
    for number, blocks in enumerate(pages, start=1):
        y = 800
        page.setFont("Helvetica", 8)
        page.drawString(480, 820, f"{title} - {number}")
        for kind, *rest in blocks:
            if kind in "hp":
                page.setFont("Helvetica-Bold" if kind == "h" else "Helvetica", 12 if kind == "h" else size)
                for line in cut(rest[0], 95):
                    page.drawString(50, y, line)
                    y -= leading
                y -= gap
                continue
            page.setFont("Helvetica", size)
            for row in rest[0]:
                cells = [
                    cut(text, int((columns[at + 1] - columns[at]) / size * 1.75))
                    for at, text in enumerate(row)
                ]
                for at, lines in enumerate(cells):
                    for down, line in enumerate(lines):
                        page.drawString(columns[at], y - down * leading, line)
                y -= leading * max(map(len, cells)) + gap
        page.setFont("Helvetica", 8)
        page.drawString(290, 30, str(number))
        page.showPage()
    page.save()
    return file.getvalue()


def cut(text, width):
    """A text in lines of at most so many signs."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


FRENCH_WORD = word([
    ("h", 1, "1. Prévenir l'exploitation"),
    ("p", "Ce chapitre réunit les mesures de prévention et leurs échéances."),
    ("t", [
        ["N°", "Action", "Pilote", "Partenaires", "Échéance", "Indicateurs"],
        ["1.1", "Publier un dépliant pour les saisonniers agricoles", "SPF Emploi", ("Office des étrangers", "PAG-ASA"), "2e semestre 2016", "3.000 exemplaires"],
        ["1.2", ["Organiser une journée d'étude", "Mettre les actes en ligne"], None, None, None, "actes publiés"],
        ["Volet 2 : Poursuivre les auteurs", SPAN, SPAN, SPAN, SPAN, SPAN],
        ["2.1", "Désigner un magistrat de contact par ressort", ("Collège des procureurs généraux", "Parquet fédéral"), "-", "au plus tard le 30 juin 2018", ""],
        ["2.2", "Revoir le formulaire de signalement tous les deux ans", "À déterminer", "", "selon les moyens", ""],
    ]),
])  # fmt: skip
FRENCH_WORD_SAYS = [
    ("1", "Publier un dépliant", "lead fps-labour, with immigration-office, with pag-asa", "2016-41", ""),
    ("1", "Organiser une journée", "lead fps-labour, with immigration-office, with pag-asa", "2016-41", "inherited-cell several-measures"),
    ("2", "Désigner un magistrat", "lead college, lead federal-prosecutor", "../2018-06-30", ""),
    ("2", "Revoir le formulaire", "lead undecided", "unread", "undecided-owner unread-timing"),
]  # fmt: skip

DUTCH_WORD = repeated_header(word([
    ("h", 1, "Hoofdstuk 1. Opleiding"),
    ("t", [
        ["Maatregel", "Wie?", "Wanneer?"],
        ["Een module over uitbuiting toevoegen aan de basisopleiding", "Trekker: Federale Politie, i.s.m. Lokale Politie", "eind 2015"],
        ["De tolken van de centra bijscholen", "Fedasil in samenwerking met Payoke en Sürya", "om de twee jaar"],
        ["Maatregel", "Wie?", "Wanneer?"],
        ["Een handleiding voor controleurs schrijven", ("FOD Sociale Zekerheid", "RSZ", "opvolging door het Bureau"), "medio 2015"],
    ]),
    ("h", 1, "Hoofdstuk 2. Hulp"),
    ("t", [
        ["Maatregel", "Wie?", "Wanneer?"],
        ["De doorverwijzing van minderjarigen evalueren", "Dienst Voogdij, na advies van Child Focus", "doorlopend"],
        ["Een noodnummer onderzoeken", "De drie Gemeenschappen", "nader te bepalen"],
    ]),
]))  # fmt: skip
DUTCH_WORD_SAYS = [
    ("1", "Een module over", "lead federal-police, with local-police", "2015-39", ""),
    ("1", "De tolken van", "lead fedasil, with payoke, with surya", "R/P2Y", ""),
    ("1", "Een handleiding", "lead fps-social-security, lead nsso, follow-up bureau", "2015-38", ""),
    ("2", "De doorverwijzing", "lead guardianship-service, consulted child-focus", "continuous", ""),
    ("2", "Een noodnummer", "lead communities", "none", ""),
]

GERMAN_WEB = """<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Plan</title></head><body>
<nav><ul><li><a href="/">Start</a></li></ul></nav><main><h1>Aktionsplan</h1>
<h2>Handlungsfeld 3: Ermittlungen</h2>
<p>Dieser Teil ist für die Dienste bestimmt, die mit den Ermittlungen betraut sind.</p>
<table><thead><tr><th rowspan="2">Nr.</th><th rowspan="2">Maßnahme</th><th colspan="2">Umsetzung</th><th rowspan="2">Stand</th></tr>
<tr><th>Federführung</th><th>Frist</th></tr></thead><tbody>
<tr><td>3.1</td><td>Einen Leitfaden für Finanz&shy;ermittlungen erstellen</td>
 <td rowspan="2">FÖD Justiz<br>Föderale Polizei</td><td>Ende 2016</td><td>offen</td></tr>
<tr><td>3.2</td><td>Die Kontaktpersonen jährlich zusammenrufen</td><td>jährlich, erstmals 2017</td><td></td></tr>
<tr><td>3.3</td><td>Das Opferregister prüfen</td><td><p>Ausländeramt</p><p>unter Mitwirkung von Fedasil</p></td>
 <td>spätestens am 30. Juni 2018</td><td></td></tr>
</tbody></table></main></body></html>""".encode()
GERMAN_WEB_SAYS = [
    ("3", "Einen Leitfaden", "lead fps-justice, lead federal-police", "2016-39", ""),
    ("3", "Die Kontaktpersonen", "lead fps-justice, lead federal-police", "R/2017/P1Y", "inherited-cell"),
    ("3", "Das Opferregister", "lead immigration-office, with fedasil", "../2018-06-30", ""),
]

ENGLISH_SHEETS = workbook({
    "Read me": [["This workbook follows the national plan."], ["Last update", date(2016, 3, 1)]],
    "Actions": [
        [("merge", "National plan against exploitation: table of actions", 6)],
        ["Status on 1 March 2016"],
        [],
        ["Ref.", "Action", "Lead", "Deadline", "Budget", "Remarks"],
        [1, "Labour market", None, None, None, None],
        [1.1, "Map the sectors where workers are at risk", "FPS Labour (lead), Federal Police (support)", date(2016, 6, 30), 20000, "tender out"],
        [1.2, "Share the map with inspectors", None, "Q3 2016", None, "see 1.1"],
        [2, "Victims", None, None, None, None],
        [2.1, "Visit every reception centre", "Fedasil\nMyria", 2017, 5000, None],
        [2.2, "Review the leaflet for patients", "FPS Public Health / National Hospital Council", "every two years from 2017", None, None],
        [None, "Total", None, None, 25000, None],
        ["* Amounts in euro"],
    ],
})  # fmt: skip
ENGLISH_SHEETS_SAYS = [
    ("1", "Map the sectors", "lead fps-labour, with federal-police", "2016-06-30", ""),
    ("1", "Share the map", "lead fps-labour, with federal-police", "2016-35", "inherited-cell"),
    ("2", "Visit every", "lead fedasil, lead rapporteur", "2017", ""),
    ("2", "Review the leaflet", "lead fps-public-health, lead unknown", "R/2017/P2Y", "unknown-party"),
]

FRENCH_SEMICOLONS = separated([
    ["Plan d'action fédéral – tableau de bord"],
    ["Axe", "Mesure", "Chef de file", "En collaboration avec", "Début", "Fin"],
    ["Axe 1 – Détection", "Élaborer une liste d'indicateurs ; la diffuser", "SPF Sécurité sociale", "ONSS", "2015", "2016"],
    ["", "Tenir la liste à jour", "", "", "2017", ""],
    ["Axe 2 – Coopération", "Conclure un protocole avec le parquet", "Police fédérale et locale", "Auditorat du travail", "", "fin 2015"],
    ["", "Participer au réseau européen", "Ministres de la Justice et de l'Intérieur", "", "en continu", ""],
], ";", "cp1252")  # fmt: skip
FRENCH_SEMICOLONS_SAYS = [
    ("1", "Élaborer une liste", "lead fps-social-security, with nsso", "2015/2016", ""),
    ("1", "Tenir la liste", "lead fps-social-security, with nsso", "2017", "inherited-cell"),
    (
        "2",
        "Conclure un protocole",
        "lead federal-police, lead local-police, with labour-prosecutors",
        "2015-39",
        "",
    ),
    ("2", "Participer au réseau", "lead minister-justice, lead minister-home-affairs", "continuous", ""),
]

DUTCH_TABS = separated([
    ["Nr. actie", "Doelstelling", "Actie", "Initiatiefnemer", "Betrokken partners", "Timing", "Opvolging"],
    ["A.1", "Slachtoffers sneller herkennen", "Een checklist voor spoeddiensten maken", "FOD Volksgezondheid", "Payoke, Rode Kruis", "1e kwartaal 2017", "Bureau"],
    ["A.2", "", "De checklist evalueren", "FOD Volksgezondheid", "", "twee keer per jaar", "in orde"],
    ["A.3", "", "Ziekenhuizen bezoeken", "Vlaamse Gemeenschap", "", "naargelang de middelen", ""],
], "\t", "utf-8")  # fmt: skip
DUTCH_TABS_SAYS = [
    ("A.1", "Een checklist", "lead fps-public-health, with payoke, with unknown, follow-up bureau", "2017-33", "unknown-party"),
    ("A.2", "De checklist", "lead fps-public-health", "R/P6M", ""),
    ("A.3", "Ziekenhuizen", "lead flemish-community", "unread", "unread-timing"),
]  # fmt: skip

NUMBERED_WEB = ("<html><body><h1>Plan d'action</h1><p>Les mesures sont numérotées dans la première colonne.</p><table>" + "".join(
    "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
    for row in [
        ["Mesures", "", "Qui ?", "Quand ?"],
        ["1.1", "Informer les ambassades", "SPF Affaires étrangères", "premier trimestre 2017"],
        ["1.2", "Traduire le vade-mecum", "Cellule, suivi par Myria", "mi-2015"],
        ["2.1", "Mesurer la durée des procédures", "SPF Justice, après avis du Collège des procureurs généraux", "fin 2015 / début 2016"],
    ]
) + "</table></body></html>").encode()  # fmt: skip
NUMBERED_WEB_SAYS = [
    ("1.1", "Informer les ambassades", "lead fps-foreign-affairs", "2017-33", ""),
    ("1.2", "Traduire le vade-mecum", "lead cell, follow-up rapporteur", "2015-38", ""),
    ("2.1", "Mesurer la durée", "lead fps-justice, consulted college", "2015-39/2016-37", ""),
]

COLUMNS = [50, 265, 430, 545]
DUTCH_HEAD = ["Maatregel", "Verantwoordelijke", "Termijn"]
DUTCH_PAGES = aligned([
    [("h", "1. Opsporing"),
     ("p", "De opsporing van uitbuiting vraagt dat diensten elkaar kennen. Dit hoofdstuk zegt wie wat doet en wanneer; de tabel hieronder geeft een overzicht van de maatregelen die de diensten samen hebben gekozen."),
     ("t", [DUTCH_HEAD,
            ["Een lijst van risicosectoren opmaken en ze aan de inspecteurs bezorgen", "FOD Werkgelegenheid in samenwerking met de Federale Politie", "eind 2015"],
            ["De wettelijke basis van gezamenlijke controles nagaan", "Ministers van Justitie en van Binnenlandse Zaken", "1e kwartaal 2017"],
            ["Een databank van vonnissen bijhouden", "College van procureurs-generaal", "doorlopend"]])],
    [("t", [DUTCH_HEAD,
            ["De magistraten om de twee jaar samenbrengen", "Instituut voor gerechtelijke opleiding", "om de twee jaar"],
            ["Een steekproef van dossiers lezen", "Dienst voor het Strafrechtelijk Beleid", "medio 2016"]]),
     ("h", "2. Opvang"),
     ("p", "De centra vangen slachtoffers op en begeleiden hen gedurende de hele procedure, ook na het vonnis."),
     ("t", [DUTCH_HEAD,
            ["De wachttijden meten in elk centrum en de cijfers delen met de Cel", "Erkende gespecialiseerde opvangcentra", "uiterlijk 30 juni 2018"]])],
], COLUMNS, title="Plan")  # fmt: skip
DUTCH_PAGES_SAYS = [
    ("1", "Een lijst van risicosectoren opmaken en ze aan de inspecteurs bezorgen", "lead fps-labour, with federal-police", "2015-39", ""),
    ("1", "De wettelijke basis", "lead minister-justice, lead minister-home-affairs", "2017-33", ""),
    ("1", "Een databank", "lead college", "continuous", ""),
    ("1", "De magistraten om", "lead judicial-training-institute", "R/P2Y", ""),
    ("1", "Een steekproef", "lead criminal-policy-service", "2016-38", ""),
    ("2", "De wachttijden meten in elk centrum en de cijfers delen met de Cel", "lead reception-centres", "../2018-06-30", ""),
]  # fmt: skip

PLANS = {
    "plan-fr.docx": ("fr", FRENCH_WORD, FRENCH_WORD_SAYS),
    "plan-nl.docx": ("nl", DUTCH_WORD, DUTCH_WORD_SAYS),
    "plan-de.html": ("de", GERMAN_WEB, GERMAN_WEB_SAYS),
    "plan-en.xlsx": ("en", ENGLISH_SHEETS, ENGLISH_SHEETS_SAYS),
    "plan-fr.csv": ("fr", FRENCH_SEMICOLONS, FRENCH_SEMICOLONS_SAYS),
    "plan-nl.tsv": ("nl", DUTCH_TABS, DUTCH_TABS_SAYS),
    "numbered.html": ("fr", NUMBERED_WEB, NUMBERED_WEB_SAYS),
}
PAGES = {"plan-nl.pdf": ("nl", DUTCH_PAGES, DUTCH_PAGES_SAYS)}
