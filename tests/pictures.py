"""Take pictures of every page of a demonstration office, in Debian's Chromium without a window.

`.venv-develop/bin/python tests/pictures.py` makes the README's pictures anew;
`.venv-develop/bin/python tests/pictures.py FOLDER [PAGE ...]` takes every page, or the named ones, in
light and dark, wide and as on a phone.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "src/palermo/cli/demonstration/action-plan-2015-2019.docx"
PLAN = "/plans/be-2015-2019"
QUESTION = f"{PLAN}/rounds/1/%s/be/%s/"
SECRETARY, CONTACT = "Bureau secretary", "Contact point, FPS Foreign Affairs"
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
    "documents": (SECRETARY, f"{PLAN}/documents/"),
    "review-empty": (SECRETARY, f"{PLAN}/review/"),
    "review": (SECRETARY, "/plans/second/review/"),
    "review-doubts": (SECRETARY, "/plans/second/review/?show=doubts"),
    "review-decided": (SECRETARY, f"{PLAN}/review/?show=decided"),
    "accept-all": (SECRETARY, "/plans/second/review/decide/all/?show=doubts"),
    "merge": (SECRETARY, "/plans/second/review/decide/merge/?row=ROW"),
    "row": (SECRETARY, "/plans/second/review/ROW/"),
    "split": (SECRETARY, "/plans/second/review/ROW/split/"),
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
    "report": (SECRETARY, f"{PLAN}/report/?period_from=2015-07-01&period_to=2016-12-31&language=en"),
    "report-templates": (SECRETARY, "/report-templates/"),
    "organisations": (SECRETARY, "/organisations/"),
    "organisation": (SECRETARY, "/organisations/be/cell/?on=2013-01-01"),
    "invitation-closed": (None, "/invitation/no-such-link/"),
    "account": (SECRETARY, "/account/"),
    "people": ("Administrator", "/people/"),
    "invite": ("Administrator", "/people/invite/"),
    "person": ("Administrator", "/people/bureau-secretary/"),
}
README = ("today", "review-doubts", "timeline", "measure", "who-owes-me")
LOOKS = [("light", 1280), ("dark", 1280), ("light", 375), ("dark", 375)]
CHROMIUM = {
    "executable_path": "/usr/bin/chromium",
    "args": ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
}


@contextmanager
def demonstration() -> Iterator[str]:
    """A demonstration office that is served as long as the block runs; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="palermo-pictures-") as home:
        environment = os.environ | {"PALERMO_HOME": home, "PYTHONPATH": str(ROOT / "src")}
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
    """Be somebody, or nobody."""
    page.context.clear_cookies()
    if name:
        page.goto(f"{address}/sign-in/")
        page.get_by_role("button", name=name, exact=True).click()
        page.wait_for_url(f"{address}/")


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


def visits(page: Page, address: str, names: list[str]) -> Iterator[str]:
    """Open these pages one after the other, each as who may look at it; yields the name of the open one."""
    row = second_plan(page, address)
    now: object = ""
    for name in names:
        who, path = PAGES[name]
        if who != now:
            sign_in(page, address, who)
            now = who
        page.goto(address + path.replace("ROW", row))
        yield name


def main() -> None:
    """Take the pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs/pictures"
    names = sys.argv[2:] or (list(PAGES) if len(sys.argv) > 1 else list(README))
    looks = LOOKS if len(sys.argv) > 1 else LOOKS[:1]
    folder.mkdir(exist_ok=True, parents=True)
    with sync_playwright() as player:
        browser = player.chromium.launch(**CHROMIUM)
        for scheme, width in looks:
            size = {"width": width, "height": 860}
            with demonstration() as address:
                page = browser.new_context(color_scheme=scheme, viewport=size).new_page()
                for name in visits(page, address, names):
                    whole = len(sys.argv) > 1
                    look = f"-{scheme}-{width}" if whole else ""
                    page.screenshot(path=folder / f"{name}{look}.png", full_page=whole)


if __name__ == "__main__":
    main()
