"""The whole way of a plan in the browser: by keyboard alone, and with the pointer but without JavaScript."""

import io
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


def called(page: Page, name: str, *, exact: bool) -> Locator:
    """What leads somewhere, by its name or by how its name begins."""
    return page.get_by_role("link", name=name, exact=exact).or_(
        page.get_by_role("button", name=name, exact=exact)
    )


class Pointer:
    """Uses the page with the mouse."""

    def __init__(self, page: Page):
        self.page = page

    def go(self, name: str) -> None:
        whole = called(self.page, name, exact=True)
        (whole if whole.count() else called(self.page, name, exact=False)).first.click()
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
        whole = called(self.page, name, exact=True).count() > 0

        def wanted(tag: str, words: str, _kind: str) -> bool:
            return tag in {"A", "BUTTON"} and (words == name if whole else words.startswith(name))

        self.reach(wanted)
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

    def pick(self, label: str, words: str) -> None:
        self.reach(lambda tag, said, _kind: tag == "SELECT" and said == label)
        self.page.keyboard.type(words)

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


HANDS = [(Keyboard, True), (Pointer, False)]
SPOKEN = ("en", *LANGUAGES)
LOOKS = [("light", 1280), ("dark", 360), ("dark", 1280), ("light", 360)]
# Each language at a look of its own; one of them on each database.
ONCE = [
    pytest.param(language, look, marks=[] if language == "en" else [pytest.mark.seen])
    for language, look in zip(SPOKEN, LOOKS, strict=True)
]


@pytest.mark.browser
@pytest.mark.parametrize(("language", "look"), ONCE)
@pytest.mark.parametrize(("hand", "scripts"), HANDS)
def test_a_plan_goes_from_its_document_to_the_government_report(
    hand, scripts, language, look, served, browser, tmp_path
):
    whole_way(hand, scripts, language, look, served, browser, tmp_path)


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize(("hand", "scripts"), HANDS)
def test_a_plan_goes_its_way_in_each_language_at_every_look(hand, scripts, language, browser, tmp_path):
    with demonstration() as address:  # of its own: Today names the first fifty questions of all plans
        for look in LOOKS:
            whole_way(hand, scripts, language, look, address, browser, tmp_path)


def whole_way(hand, scripts, language, look, served, browser, tmp_path) -> None:
    """From the document of a plan to its report, each step by whose it is, in one language at one look."""
    scheme, width = look
    page = browser.new_context(
        java_script_enabled=scripts,
        accept_downloads=True,
        color_scheme=scheme,
        viewport={"width": width, "height": 900},
    ).new_page()
    user = hand(page)
    code = f"{hand.__name__}-{language}-{scheme}-{width}".lower()
    document = SEED if SEED.exists() else DOCUMENT
    proof = tmp_path / "fact-sheet.txt"
    proof.write_text("One page.")

    with translation.override(language):
        page.goto(f"{served}/plans/new/")
        sign_in(user, "Bureau secretary")
        import_plan(user, document, code)
        review_doubts(user, page)
        open_round(user, code)
        user.go(gettext("Sign out"))

        answer(user, page, proof)
        sign(user, page)
        accept(user, page)

        report = downloaded(user, page, code)
        words = "\n".join(one.text for one in report.paragraphs)
        assert ACCOUNT in words
        assert "Thank you." in words
        assert gettext("no answer") in words
    page.context.close()


def sign_in(user, name: str) -> None:
    """As whoever is named, the pages in the language of the moment."""
    user.go(name)
    language = translation.get_language()
    button = user.page.locator(f'button[name="language"][value="{language}"]')
    if button.count():
        user.go(" ".join(button.inner_text().split()))


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


@pytest.mark.browser
def test_somebody_tries_a_case_by_keyboard_and_without_script(served, browser):
    page = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 900}).new_page()
    user = Keyboard(page)
    page.goto(f"{served}/procedure/try/")
    user.go(CONTACT)
    user.fill("How it stands on", "2018-04-10")
    user.pick("Citizenship", "Morocco")
    user.fill("Born on", "1990-01-01")
    for day, happened in (
        ("2018-03-01", "The person was detected"),
        ("2018-03-02", "A recognised centre took charge"),
        ("2018-03-05", "Issued: Annex 15"),
    ):
        user.fill("Day", day)
        user.pick("What happened", happened)
        user.go("Add it")
        expect(page.locator(".events")).to_contain_text(happened)
    expect(page.get_by_text("Reflection, since 5 March 2018")).to_be_visible()
    expect(page.get_by_text("9 days left")).to_be_visible()
    user.go("take out 2 March 2018")
    expect(page.get_by_text("No recognised centre accompanies the person.").first).to_be_visible()
    expect(page.get_by_text("Detected, since 1 March 2018")).to_be_visible()
    page.context.close()


def import_plan(user, document: Path, code: str) -> None:
    user.hand_in(gettext("Document"), document)
    user.fill(gettext("Name of the plan"), f"Plan {code}")
    user.fill(gettext("Short name"), code)
    user.fill(gettext("First day of its period"), "2015-01-01")
    user.fill(gettext("Last day of its period"), "2019-12-31")
    user.go(gettext("Read the document"))


def review_doubts(user, page: Page) -> None:
    expect(page.get_by_role("heading", name=gettext("Review"))).to_be_visible()
    user.go(gettext("With doubts"))
    assert page.locator(".rows > li").count() > 2
    user.go(gettext("Look and decide"))
    expect(page.locator(".doubts li").first).to_be_visible()
    user.fill(gettext("Why"), "Read again with the author")
    user.go(gettext("Accept as mended"))
    expect(told(page)).to_contain_text(gettext("The row was mended and accepted."))
    user.go(gettext("Accept all as read"))
    user.go(gettext("Accept them all"))
    expect(
        page.get_by_text(gettext("Nothing waits: every row that was read has been decided about."))
    ).to_be_visible()


def open_round(user, code: str) -> None:
    user.go(gettext("Rounds"))
    user.go(gettext("Open a round"))
    user.fill(gettext("Name of the round"), f"Round {code}")
    user.fill(gettext("It asks about the time from"), "2015-01-01")
    user.fill(gettext("to"), "2017-02-28")
    user.fill(gettext("Answers are expected by"), "2017-04-15")
    user.go(gettext("See whom it asks"))
    user.go(gettext("Open the round and tell them"))
    expect(told(user.page)).to_contain_text(gettext("The round is open; those who answer were told."))


def answer(user, page: Page, proof: Path) -> None:
    sign_in(user, CONTACT)
    user.go(gettext("Answer") + " M09")
    user.choose(gettext("completed"))
    user.fill(gettext("What was done, and what was not"), ACCOUNT)
    user.hand_in(gettext("Add a file as evidence"), proof)
    user.go(gettext("Send the answer"))
    expect(told(page)).to_contain_text(
        gettext("The answer was sent; it waits for your organisation's signature.")
    )
    user.go(gettext("Sign out"))


def sign(user, page: Page) -> None:
    sign_in(user, "Validating authority, FPS Foreign Affairs")
    user.go(gettext("Read and sign") + " M09")
    expect(page.get_by_text("fact-sheet.txt")).to_be_visible()
    user.go(gettext("Sign the answer"))
    expect(told(page)).to_contain_text(gettext("The answer is signed and went to the Bureau."))
    user.go(gettext("Sign out"))


def accept(user, page: Page) -> None:
    sign_in(user, "Bureau secretary")
    user.go(gettext("Read and decide") + " M09")
    user.fill(gettext("Remark"), "Thank you.")
    user.go(gettext("Accept for the report"))
    expect(told(page)).to_contain_text(gettext("The answer was accepted for the report."))


def downloaded(user, page: Page, code: str):
    user.go(gettext("Report"))
    user.fill(gettext("It covers the time from"), "2015-01-01")
    user.fill(gettext("to"), "2017-02-28")
    with page.expect_download() as download:
        if isinstance(user, Keyboard):
            user.reach(
                lambda tag, words, _kind: (
                    tag == "BUTTON" and words.startswith(gettext("Make the report (Word)"))
                )
            )
            page.keyboard.press("Enter")
        else:
            page.get_by_role("button", name=gettext("Make the report (Word)")).click()
    assert (
        download.value.suggested_filename == f"{code}-2015-01-01-2017-02-28-{translation.get_language()}.docx"
    )
    return docx.Document(io.BytesIO(Path(download.value.path()).read_bytes()))


def told(page: Page) -> Locator:
    return page.locator(".note.good").first
