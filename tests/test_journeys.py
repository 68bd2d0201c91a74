"""The whole way of a plan in the browser: by keyboard alone, and with the pointer but without JavaScript."""

import io
import re
from pathlib import Path

import docx
import pytest
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import FileChooser, Locator, Page, expect, sync_playwright
from tests.pictures import CHROMIUM, CONTACT, DOCUMENT, LANGUAGES, QUESTION, demonstration

SEED = Path(__file__).resolve().parents[2] / "shared/seed/action-plan-2015-2019.txt"
ACCOUNT = "The fact sheet went to every post in January."
NAMES = """element => {
  const label = element.labels && element.labels[0];
  return [element.tagName, (label || element).textContent.trim().replace(/\\s+/g, " "),
          element.getAttribute("type") || ""];
}"""
LONGEST = 700  # presses of Tab from the top of a page to anything on it


class Pointer:
    """Uses the page with the mouse."""

    def __init__(self, page: Page):
        self.page = page

    def go(self, name: str) -> None:
        self.page.get_by_role("link", name=name).or_(self.page.get_by_role("button", name=name)).first.click()
        self.page.wait_for_load_state()

    def fill(self, label: str, value: str) -> None:
        self.page.get_by_label(label, exact=True).fill(value)

    def choose(self, label: str) -> None:
        self.page.get_by_label(label, exact=True).check()

    def hand_in(self, label: str, file: Path) -> None:
        self.page.get_by_label(label, exact=True).set_input_files(file)


class Keyboard:
    """Uses the page with Tab, Enter, Space, arrows and letters."""

    def __init__(self, page: Page):
        self.page = page
        self.choosers: list[FileChooser] = []
        page.on("filechooser", lambda chooser: self.choosers.append(chooser))  # noqa: PLW0108

    def go(self, name: str) -> None:
        self.reach(lambda tag, words, _kind: tag in {"A", "BUTTON"} and words.startswith(name))
        with self.page.expect_event("load"):
            self.page.keyboard.press("Enter")

    def fill(self, label: str, value: str) -> None:
        kind = self.reach(lambda tag, words, _kind: tag in {"INPUT", "TEXTAREA"} and words == label)
        if kind == "date":
            year, month, day = value.split("-")
            self.page.keyboard.type(month + day + year)
        else:
            self.page.keyboard.press("ControlOrMeta+A")
            self.page.keyboard.type(value)

    def choose(self, label: str) -> None:
        self.reach(lambda _tag, _words, kind: kind == "radio")
        self.page.keyboard.press("Space")
        for _ in range(20):
            if self.focused()[1] == label:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no choice {label}")

    def hand_in(self, label: str, file: Path) -> None:
        self.reach(lambda _tag, words, kind: kind == "file" and words == label)
        self.page.keyboard.press("Space")
        while not self.choosers:
            self.page.wait_for_timeout(50)
        self.choosers.pop().set_files(file)

    def reach(self, wanted) -> str:
        for _ in range(LONGEST):
            self.page.keyboard.press("Tab")
            tag, words, kind = self.focused()
            if wanted(tag, words, kind):
                return kind
        raise AssertionError(f"Tab does not reach it on {self.page.url}")

    def focused(self) -> list[str]:
        return self.page.evaluate(f"({NAMES})(document.activeElement)")


@pytest.fixture(scope="module")
def served():
    with demonstration() as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as player:
        yield player.chromium.launch(**CHROMIUM)


@pytest.mark.browser
@pytest.mark.parametrize(("hand", "scripts"), [(Keyboard, True), (Pointer, False)])
def test_a_plan_goes_from_its_document_to_the_government_report(hand, scripts, served, browser, tmp_path):
    page = browser.new_context(java_script_enabled=scripts, accept_downloads=True).new_page()
    user = hand(page)
    code = hand.__name__.lower()
    document = SEED if SEED.exists() else DOCUMENT
    proof = tmp_path / "fact-sheet.txt"
    proof.write_text("One page.")

    page.goto(f"{served}/plans/new/")
    user.go("Bureau secretary")
    import_plan(user, document, code)
    review_doubts(user, page)
    open_round(user, code, served)
    user.go("Sign out")

    answer(user, page, proof)
    sign(user, page)
    accept(user, page)

    report = downloaded(user, page, served, code)
    words = "\n".join(one.text for one in report.paragraphs)
    assert ACCOUNT in words
    assert "Thank you." in words
    assert re.search(r"no (accepted )?answer", words, re.IGNORECASE)
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_answers_in_their_own_language_by_keyboard_and_without_script(language, served, browser):
    page = browser.new_context(java_script_enabled=False).new_page()
    user = Keyboard(page)
    page.goto(f"{served}/sign-in/")
    user.go(CONTACT)
    user.go(language.upper())
    page.goto(served + QUESTION % ("M10", "fps-foreign-affairs"))
    with translation.override(language):
        user.choose(gettext("abandoned"))
        user.fill(gettext("What was done, and what was not"), ACCOUNT)
        user.go(gettext("Send the answer"))
        refused = gettext(
            "A measure is abandoned or replaced by a decision, and the answer does not name it."
        )
        expect(page.get_by_text(refused).first).to_be_visible()
        user.choose(gettext("completed"))
        user.go(gettext("Keep as a draft"))
        expect(told(page)).to_contain_text(gettext("The draft is kept; only you can read it."))
    page.context.close()


def import_plan(user, document: Path, code: str) -> None:
    user.hand_in("Document", document)
    user.fill("Name of the plan", f"Plan {code}")
    user.fill("Short name", code)
    user.fill("First day of its period", "2015-01-01")
    user.fill("Last day of its period", "2019-12-31")
    user.go("Read the document")


def review_doubts(user, page: Page) -> None:
    expect(page.get_by_role("heading", name="Review")).to_be_visible()
    user.go("With doubts")
    assert page.locator(".rows > li").count() > 2
    user.go("Look and decide")
    expect(page.locator(".doubts li").first).to_be_visible()
    user.fill("Why", "Read again with the author")
    user.go("Accept as mended")
    expect(told(page)).to_contain_text("mended and accepted")
    user.go("Accept all as read")
    user.go("Accept them all")
    expect(page.get_by_text("Nothing waits")).to_be_visible()


def open_round(user, code: str, served: str) -> None:
    user.go("Rounds")
    user.go("Open a round")
    user.fill("Name of the round", f"Round {code}")
    user.fill("It asks about the time from", "2015-01-01")
    user.fill("to", "2017-02-28")
    user.fill("Answers are expected by", "2017-04-15")
    user.go("See whom it asks")
    user.go("Open the round and tell them")
    expect(told(user.page)).to_contain_text("The round is open")


def answer(user, page: Page, proof: Path) -> None:
    user.go("Contact point, FPS Foreign Affairs")
    user.go("Answer M09")
    user.choose("completed")
    user.fill("What was done, and what was not", ACCOUNT)
    user.hand_in("Add a file as evidence", proof)
    user.go("Send the answer")
    expect(told(page)).to_contain_text("waits for your organisation's signature")
    user.go("Sign out")


def sign(user, page: Page) -> None:
    user.go("Validating authority, FPS Foreign Affairs")
    user.go("Read and sign M09")
    expect(page.get_by_text("fact-sheet.txt")).to_be_visible()
    user.go("Sign the answer")
    expect(told(page)).to_contain_text("is signed")
    user.go("Sign out")


def accept(user, page: Page) -> None:
    user.go("Bureau secretary")
    user.go("Read and decide M09")
    user.fill("Remark", "Thank you.")
    user.go("Accept for the report")
    expect(told(page)).to_contain_text("accepted for the report")


def downloaded(user, page: Page, served: str, code: str):
    user.go("Report")
    user.fill("It covers the time from", "2015-01-01")
    user.fill("to", "2017-02-28")
    with page.expect_download() as download:
        if isinstance(user, Keyboard):
            user.reach(
                lambda tag, words, _kind: tag == "BUTTON" and words.startswith("Make the report (Word)")
            )
            page.keyboard.press("Enter")
        else:
            page.get_by_role("button", name="Make the report (Word)").click()
    assert download.value.suggested_filename == f"{code}-2015-01-01-2017-02-28-en.docx"
    return docx.Document(io.BytesIO(Path(download.value.path()).read_bytes()))


def told(page: Page) -> Locator:
    return page.locator(".note.good").first
