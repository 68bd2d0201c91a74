"""Take pictures of every page of a demonstration office, in Debian's Chromium without a window.

`.venv-develop/bin/python tests/pictures.py` makes the README's pictures anew;
`.venv-develop/bin/python tests/pictures.py FOLDER [PAGE ...]` takes every page, or the named ones, in
light and dark, wide and as on a phone; `--language de` before them takes them in German.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit

import psycopg
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "src/palermo/cli/demonstration/action-plan-2015-2019.docx"
PLAN = "/plans/be-2015-2019"
QUESTION = f"{PLAN}/rounds/1/%s/be/%s/"
SECRETARY, CONTACT = "Bureau secretary", "Contact point, FPS Foreign Affairs"
READER = "Reader, national rapporteur"
FOREIGN = "be/fps-foreign-affairs"
# Every page by name: who looks at it and where it stands.
PAGES = {
    "sign-in": (None, "/sign-in/"),
    "forgotten-password": (None, "/forgotten-password/"),
    "passkey": (None, "/sign-in/passkey/"),
    "account-set-up": (SECRETARY, "/account/set-up/"),
    "account-confirm": (SECRETARY, "/account/confirm/"),
    "account-new-passkey": (SECRETARY, "/account/passkeys/new/"),
    "account-authenticator": (SECRETARY, "/account/authenticator/"),
    "account-recovery-codes": (SECRETARY, "/account/recovery-codes/"),
    "not-found": (None, "/no-such-page/"),
    "today": (SECRETARY, "/"),
    "today-contact-point": (CONTACT, "/"),
    "messages": (SECRETARY, "/messages/"),
    "plans": (SECRETARY, "/plans/"),
    "new-plan": (SECRETARY, "/plans/new/"),
    "register": (SECRETARY, f"{PLAN}/"),
    "register-past": (SECRETARY, f"{PLAN}/?on=2016-06-30"),
    "register-empty": (SECRETARY, f"{PLAN}/?q=nothing-like-this"),
    "timeline": (SECRETARY, f"{PLAN}/timeline/"),
    "timeline-party": (SECRETARY, f"{PLAN}/timeline/?by=party&year=2017"),
    "measure": (SECRETARY, f"{PLAN}/measures/M16/"),
    "measure-recurring": (SECRETARY, f"{PLAN}/measures/M02/"),
    "measure-reader": ("Reader, national rapporteur", f"{PLAN}/measures/M10/"),
    "give-owner": (SECRETARY, f"{PLAN}/measures/M10/owner/"),
    "evaluation": (SECRETARY, f"{PLAN}/measures/M10/evaluation/"),
    "evidence": (SECRETARY, f"{PLAN}/measures/M10/evidence/"),
    "reword": (SECRETARY, f"{PLAN}/measures/M10/reword/"),
    "withdraw": (SECRETARY, f"{PLAN}/measures/M10/withdraw/"),
    "who-owes-me": (SECRETARY, f"{PLAN}/owners/"),
    "brief": (SECRETARY, f"{PLAN}/owners/{FOREIGN}/"),
    "contact": (SECRETARY, f"{PLAN}/owners/{FOREIGN}/contact/"),
    "evaluations": (SECRETARY, f"{PLAN}/obligations/"),
    "declare-duty": (SECRETARY, f"{PLAN}/obligations/new/"),
    "recurring-reports": (SECRETARY, f"{PLAN}/recurring-reports/"),
    "declare-report": (SECRETARY, f"{PLAN}/recurring-reports/new/"),
    "deliver-report": (SECRETARY, f"{PLAN}/recurring-reports/1/deliver/"),
    "end-report-duty": (SECRETARY, f"{PLAN}/recurring-reports/1/end/"),
    "take-back-delivery": (SECRETARY, f"{PLAN}/recurring-reports/deliveries/1/take-back/"),
    "bills": (SECRETARY, f"{PLAN}/bills/"),
    "measure-bill": (SECRETARY, f"{PLAN}/measures/M01/"),
    "bill-reader": ("Reader, national rapporteur", f"{PLAN}/measures/M04/"),
    "measure-waits": (SECRETARY, f"{PLAN}/measures/M06/"),
    "wait-for": (SECRETARY, f"{PLAN}/measures/M06/waits/"),
    "wait-no-more": (SECRETARY, f"{PLAN}/measures/M06/waits/end/"),
    "record-occurrence": (SECRETARY, f"{PLAN}/measures/M02/occurrences/"),
    "take-back-occurrence": (SECRETARY, f"{PLAN}/measures/T07/occurrences/1/take-back/"),
    "mark-bill": (SECRETARY, f"{PLAN}/measures/M05/bill/"),
    "record-step": (SECRETARY, f"{PLAN}/measures/M04/steps/"),
    "take-back-step": (SECRETARY, f"{PLAN}/measures/M04/steps/7/take-back/"),
    "carry-over": (SECRETARY, f"{PLAN}/carry-over/"),
    "plan-before": (SECRETARY, f"{PLAN}/carry-over/before/"),
    "begin-earlier": (SECRETARY, f"{PLAN}/carry-over/before/new/"),
    "enter-measure": (SECRETARY, f"{PLAN}/carry-over/measure/"),
    "outcome": (SECRETARY, f"{PLAN}/carry-over/M15/"),
    "take-back-outcome": (SECRETARY, f"{PLAN}/carry-over/outcomes/1/"),
    "recommendations": (SECRETARY, "/recommendations/"),
    "mechanism": (SECRETARY, "/recommendations/greta/"),
    "mechanism-empty": ("Reader, national rapporteur", "/recommendations/osce/?on=2016-06-30"),
    "new-report": (SECRETARY, "/recommendations/greta/new/"),
    "recommendation": (SECRETARY, "/recommendations/greta/1/"),
    "tie": (SECRETARY, "/recommendations/greta/1/measure/"),
    "untie": (SECRETARY, "/recommendations/greta/1/measure/1/end/"),
    "draw-line": (SECRETARY, "/recommendations/greta/1/line/"),
    "reply": (SECRETARY, "/recommendations/greta/1/reply/"),
    "type-recommendation": (SECRETARY, "/recommendations/reports/1/type/"),
    "report-review": (SECRETARY, "/recommendations/reports/2/review/"),
    "read-recommendation": (SECRETARY, "/recommendations/rows/1/"),
    "measure-recommended": (SECRETARY, f"{PLAN}/measures/M12/"),
    "documents": (SECRETARY, f"{PLAN}/documents/"),
    "review-empty": (SECRETARY, f"{PLAN}/review/"),
    "review": (SECRETARY, "/plans/second/review/"),
    "review-doubts": (SECRETARY, "/plans/second/review/?show=doubts"),
    "review-decided": (SECRETARY, f"{PLAN}/review/?show=decided"),
    "accept-all": (SECRETARY, "/plans/second/review/decide/all/?show=doubts"),
    "merge": (SECRETARY, "/plans/second/review/decide/merge/?row=ROW"),
    "row": (SECRETARY, "/plans/second/review/ROW/"),
    "split": (SECRETARY, "/plans/second/review/ROW/split/"),
    "works": (SECRETARY, f"{PLAN}/works/"),
    "works-reader": (READER, f"{PLAN}/works/?state=open"),
    "declare-work": (SECRETARY, f"{PLAN}/works/new/?measure=M21"),
    "work": (SECRETARY, f"{PLAN}/works/3/"),
    "work-final": (READER, f"{PLAN}/works/4/"),
    "work-owner": ("Contact point, FPS Justice", f"{PLAN}/works/2/"),
    "change-work": (SECRETARY, f"{PLAN}/works/1/change/"),
    "hand-over-work": (SECRETARY, f"{PLAN}/works/1/hand-over/"),
    "hand-in-version": ("Contact point, FPS Justice", f"{PLAN}/works/2/hand-in/"),
    "give-up-work": (SECRETARY, f"{PLAN}/works/1/give-up/"),
    "resume-work": (SECRETARY, f"{PLAN}/works/4/resume/"),
    "measure-works": (SECRETARY, f"{PLAN}/measures/M08/"),
    "rounds": (SECRETARY, f"{PLAN}/rounds/"),
    "round": (SECRETARY, f"{PLAN}/rounds/1/"),
    "open-round": (
        SECRETARY,
        "/plans/be-2015-2019/rounds/open/?title=Second&period_from=2017-01-01&period_to=2017-06-30"
        "&deadline_on=2017-07-15&kinds=measure",
    ),
    "close-round": (SECRETARY, f"{PLAN}/rounds/1/close/"),
    "question": (CONTACT, QUESTION % ("M10", "fps-foreign-affairs")),
    "question-office": (SECRETARY, QUESTION % ("M16", "immigration-office")),
    "link-unknown": (None, "/answer/no-such-link/"),
    "paper": ("Contact point, FPS Justice", f"{PLAN}/rounds/1/form/be/fps-justice/"),
    "release": (SECRETARY, f"{PLAN}/rounds/1/release/"),
    "translate": (SECRETARY, QUESTION % ("M16", "immigration-office") + "translate/1/?language=en"),
    "register-contact": (CONTACT, f"{PLAN}/"),
    "register-reader": ("Reader, national rapporteur", f"{PLAN}/"),
    "timeline-reader": ("Reader, national rapporteur", f"{PLAN}/timeline/"),
    "brief-reader": ("Reader, national rapporteur", f"{PLAN}/owners/{FOREIGN}/"),
    "report": (SECRETARY, f"{PLAN}/report/?period_from=2015-07-01&period_to=2016-12-31&language=en"),
    "report-templates": (SECRETARY, "/report-templates/"),
    "api": (SECRETARY, "/api/"),
    "organisations": (SECRETARY, "/organisations/"),
    "organisation": (SECRETARY, "/organisations/be/cell/?on=2013-01-01"),
    "procedure": (READER, "/procedure/"),
    "try-case": (READER, "/procedure/try/"),
    "try-case-late": (READER, "/procedure/try/?example=late"),
    "try-case-temporary": (CONTACT, "/procedure/try/?example=temporary"),
    "law": (SECRETARY, "/law/?on=2026-09-01"),
    "penalties": (SECRETARY, "/law/penalties/"),
    "limitation": (SECRETARY, "/law/limitation/"),
    "wages": (READER, "/law/wages/"),
    "invitation-closed": (None, "/invitation/no-such-link/"),
    "account": (SECRETARY, "/account/"),
    "oversight": ("Data protection officer", "/oversight/"),
    "compare": ("Data protection officer", "/oversight/compare/"),
    "people": ("Administrator", "/people/"),
    "invite": ("Administrator", "/people/invite/"),
    "person": ("Administrator", "/people/bureau-secretary/"),
}
LANGUAGES = ("fr", "nl", "de")
README = ("today", "review-doubts", "timeline", "measure", "who-owes-me", "try-case-late", "law")
LOOKS = [("light", 1280), ("dark", 1280), ("light", 375), ("dark", 375)]
CHROMIUM = {
    "executable_path": "/usr/bin/chromium",
    "args": ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
}


def own_database(name: str) -> dict[str, str]:
    """Where a new office keeps its records: its folder, or a new database on the server of DATABASE_URL."""
    known = os.environ.get("DATABASE_URL", "")
    if not known:
        return {}
    with psycopg.connect(known, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    return {"DATABASE_URL": urlsplit(known)._replace(path=f"/{name}").geturl()}


@contextmanager
def demonstration() -> Iterator[str]:
    """A demonstration office that is served as long as the block runs; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="palermo-pictures-") as home:
        environment = os.environ | {"PALERMO_HOME": home, "PYTHONPATH": str(ROOT / "src")}
        environment |= own_database(f"office_{port}")
        environment.pop("PALERMO_INSECURE", None)
        command = [sys.executable, "-m", "palermo", "demo", "--port", str(port)]
        server = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address)
            yield address
        finally:
            server.terminate()
            server.wait()


def wait_for(address: str) -> None:
    """Wait until the office answers."""
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except (URLError, ConnectionError):
            time.sleep(0.2)
    raise TimeoutError(address)


def sign_in(page: Page, address: str, name: str | None) -> None:
    """Be somebody, or nobody, in English."""
    page.context.clear_cookies()
    if name:
        page.goto(f"{address}/sign-in/")
        page.get_by_role("button", name=name, exact=True).click()
        page.wait_for_url(f"{address}/")
    speak(page, address, "en")


def speak(page: Page, address: str, language: str) -> None:
    """See the pages in a language from here on."""
    page.context.add_cookies([{"name": "django_language", "value": language, "url": address}])


def second_plan(page: Page, address: str) -> str:
    """Hand in the demonstration's document once more as a plan whose rows wait; the number of a row."""
    sign_in(page, address, SECRETARY)
    page.goto(f"{address}/plans/new/")
    page.get_by_label("Document", exact=True).set_input_files(DOCUMENT)
    page.get_by_label("Name of the plan").fill("A second plan")
    page.get_by_label("Short name").fill("second")
    page.get_by_label("First day of its period").fill("2015-01-01")
    page.get_by_role("button", name="Read the document").click()
    page.goto(f"{address}/plans/second/review/?show=doubts")
    link = page.get_by_role("link", name="Look and decide").first.get_attribute("href") or ""
    return link.partition("?")[0].rstrip("/").rsplit("/", 1)[-1]


REPORT = """41. The Government told the Group of Experts of a new law.

42. OSCE urges the authorities to fund shelters at once. The need is known since 2012.

43. OSCE recommends a hotline. OSCE expects the ministries to say by when.
"""


def report_to_review(page: Page, address: str) -> None:
    """Hand in a report whose recommendations wait."""
    page.goto(f"{address}/recommendations/osce/new/")
    file = {"name": "report.txt", "mimeType": "text/plain", "buffer": REPORT.encode()}
    page.get_by_label("Document", exact=True).set_input_files(file)
    page.get_by_label("Evaluation round").fill("2016")
    page.get_by_label("Title").fill("Report on a visit")
    page.get_by_label("Published on").fill("2016-05-02")
    page.get_by_role("button", name="Add the report").click()
    page.wait_for_url("**/review/")


def visits(
    page: Page, address: str, names: Iterable[str], languages: Sequence[str] = ("en",)
) -> Iterator[str]:
    """Open these pages one after the other, each as who may look at it, the languages taking turns.

    Yields the name of the open page.
    """
    row = second_plan(page, address)
    report_to_review(page, address)
    now: object = ""
    for name, language in zip(names, cycle(languages), strict=False):
        who, path = PAGES[name]
        if who != now:
            sign_in(page, address, who)
            now = who
        speak(page, address, language)
        page.goto(address + path.replace("ROW", row))
        yield name


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--language", choices=("en", *LANGUAGES), default="en")
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("pages", nargs="*", metavar="PAGE")
    asked = parser.parse_args()
    folder, whole = asked.folder or ROOT / "docs/pictures", asked.folder is not None
    names = asked.pages or (list(PAGES) if whole else list(README))
    looks = LOOKS if whole else LOOKS[:1]
    folder.mkdir(exist_ok=True, parents=True)
    with sync_playwright() as player:
        browser = player.chromium.launch(**CHROMIUM)
        for scheme, width in looks:
            size = {"width": width, "height": 860}
            with demonstration() as address:
                page = browser.new_context(color_scheme=scheme, viewport=size).new_page()
                for name in visits(page, address, names, [asked.language]):
                    look = f"-{scheme}-{width}" if whole else ""
                    page.screenshot(path=folder / f"{name}{look}.png", full_page=whole)


if __name__ == "__main__":
    main()
