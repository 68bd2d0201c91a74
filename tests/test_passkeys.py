"""Passkeys in a real browser with an authenticator of its own; and what a false page could do with them."""

import html
import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from tests.pictures import CHROMIUM, wait_for

SOURCE = Path(__file__).resolve().parents[1] / "src"
PASSWORD = "a sentence that Ana remembers"
FALSE = "http://localhost:8149"  # the same name, so that the browser lets the key sign; another origin
SIGNS = """async (told) => {
  const options = JSON.parse(told);
  const plain = (text) => atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  const bytes = (text) => Uint8Array.from(plain(text), (one) => one.charCodeAt(0));
  const words = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\\+/g, "-").replace(/\\//g, "_").replace(/=+$/, "");
  const publicKey = {...options, challenge: bytes(options.challenge), allowCredentials: []};
  const found = await navigator.credentials.get({publicKey});
  const response = {};
  for (const name of ["clientDataJSON", "authenticatorData", "signature", "userHandle"]) {
    response[name] = words(found.response[name]);
  }
  return JSON.stringify({id: found.id, rawId: words(found.rawId), type: found.type, response});
}"""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office that is no demonstration, served here; its address and the secretary's invitation."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://localhost:{port}"
    known = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    home = str(tmp_path_factory.mktemp("office"))
    known |= {"PALERMO_HOME": home, "PYTHONPATH": str(SOURCE), "PALERMO_INSECURE": "1"}
    palermo = [sys.executable, "-m", "palermo"]
    told = ["setup", "--secretary", "ana@example.org", "--name", "Ana", "--site", address, "--json"]
    made = subprocess.run([*palermo, *told], env=known, capture_output=True, text=True, check=True)
    server = subprocess.Popen(
        [*palermo, "serve", "--port", str(port)],
        env=known,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"{address}/sign-in/")
        yield address, json.loads(made.stdout)["invitation"]
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as player:
        yield player.chromium.launch(**CHROMIUM)


def key_of(context, page):
    """Put an authenticator into the browser that knows its owner; what commands it, and its number."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    told = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": told})["authenticatorId"]


@pytest.mark.browser
def test_a_passkey_from_the_invitation_to_the_thief(office, browser):
    address, invitation = office
    context = browser.new_context()
    page = context.new_page()
    said = []
    page.on("console", lambda one: said.append(one.text))
    session, authenticator = key_of(context, page)
    set_up(page, address, invitation)
    sign_in_with_it(page, address)
    not_without_its_owner(page, address, session, authenticator)
    steal(context, page, address, session.send("WebAuthn.getCredentials", {"authenticatorId": authenticator}))
    assert not [one for one in said if "Content Security Policy" in one]
    context.close()


def set_up(page, address, invitation):
    """From the link of the invitation to the recovery codes; nothing else opens before."""
    page.goto(invitation)
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_role("button", name="Save the password").click()
    page.wait_for_url("**/account/set-up/")
    page.goto(f"{address}/plans/")
    page.wait_for_url("**/account/set-up/")
    page.get_by_role("link", name="Add a passkey").click()
    page.wait_for_load_state()
    page.get_by_label("Name of this passkey").fill("My laptop")
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url("**/account/recovery-codes/")
    page.get_by_role("button", name="Make ten codes").click()
    assert page.locator(".codes li").count() == 10
    with page.expect_download() as file:
        page.get_by_role("link", name="Keep them as a file").click()
    assert len(Path(file.value.path()).read_text().split()) == 10
    page.goto(f"{address}/plans/")
    assert page.get_by_role("heading", name="Plans").count()


def sign_in_with_it(page, address):
    """Alone, without an address or a password; and as the second step."""
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in with a passkey").click()
    page.wait_for_url(f"{address}/")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("E-mail address").fill("ana@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{address}/")


def not_without_its_owner(page, address, session, authenticator):
    """Whoever holds the key but is not its owner stays outside."""
    page.get_by_role("button", name="Sign out").click()
    told = {"authenticatorId": authenticator, "isUserVerified": False}
    session.send("WebAuthn.setUserVerified", told)
    page.goto(f"{address}/sign-in/passkey/")
    page.get_by_text("The passkey was not used").wait_for()
    assert page.url.endswith("/sign-in/passkey/")
    session.send("WebAuthn.setUserVerified", {**told, "isUserVerified": True})
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{address}/")
    page.get_by_role("button", name="Sign out").click()


def steal(context, page, address, known):
    """A false page on the same machine gets everything that a person's key can give it, and opens nothing."""
    false = context.new_page()
    false.route(f"{FALSE}/**", lambda route: route.fulfill(content_type="text/html", body="<p>Palermo</p>"))
    session, authenticator = key_of(context, false)
    told = {"authenticatorId": authenticator, "credential": known["credentials"][0]}
    session.send("WebAuthn.addCredential", told)

    def signed_at(place):
        """The site's own question of this moment, and what the key answers to it on a page."""
        asked = context.request.get(f"{address}/sign-in/passkey/").text()
        options = html.unescape(re.search(r'data-options="([^"]*)"', asked)[1])
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', asked)[1]
        false.goto(place)
        return token, false.evaluate(SIGNS, options)

    def opens(token, answer):
        """Whether the site lets in whoever sends it this answer."""
        form = {"csrfmiddlewaretoken": token, "answer": answer}
        there = f"{address}/sign-in/passkey/"
        return (
            context.request.post(there, form=form, headers={"Referer": there}, max_redirects=0).status == 302
        )

    assert not opens(*signed_at(FALSE)), "it was signed for another origin"
    token, answer = signed_at(f"{address}/sign-in/")
    assert opens(token, answer), "the same, signed for this one"
    context.clear_cookies()
    token, _other = signed_at(f"{address}/sign-in/")
    assert not opens(token, answer), "it was used: the question is another one now"
    assert not opens(token, answer), "and there is no question any more"
