"""A provider of identities for tests: it speaks OpenID Connect, and lies when it is told to."""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa


class Provider:
    """Its keys, the codes that it gave, what it says of people, and how it lies."""

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.thief = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.codes = {}
        self.person = {"sub": "be-1", "email": "ana@example.org", "email_verified": True}
        self.userinfo = None  # what its other page tells of a person, where it differs
        self.changes = {}  # claims that are told otherwise; None: left out
        self.signs = self.signed
        self.client_key = None  # where the client proves itself with a key

    def jwks(self):
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]}

    def describes(self):
        there = {name: f"{self.issuer}/{name}" for name in ("authorize", "token", "keys", "userinfo")}
        return {
            "issuer": self.issuer,
            "authorization_endpoint": there["authorize"],
            "token_endpoint": there["token"],
            "jwks_uri": there["keys"],
            "userinfo_endpoint": there["userinfo"],
        }

    def authorizes(self, address):
        """Somebody proves who they are: the code that they bring back."""
        asked = {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return code, asked

    def exchanges(self, form, authorization):
        """The tokens for a code, once, for the client that it was given to."""
        asked = self.codes.pop(form["code"])
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest())
        assert challenge.decode().rstrip("=") == asked["code_challenge"]
        assert form["redirect_uri"] == asked["redirect_uri"]
        if self.client_key:
            word = jwt.decode(form["client_assertion"], self.client_key, ["ES256", "RS256"],
                              audience=f"{self.issuer}/token", issuer="palermo")  # fmt: skip
            assert word["sub"] == "palermo"
        else:
            assert authorization == "Basic " + base64.b64encode(b"palermo:s%3Acret").decode()
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": "palermo", "iat": now, "exp": now + 300, "auth_time": now}
        claims |= {"nonce": asked["nonce"], **self.person, **self.changes}
        return {
            "access_token": "token",
            "id_token": self.signs({name: one for name, one in claims.items() if one is not None}),
        }

    def signed(self, claims):
        return jwt.encode(claims, self.key, "RS256", headers={"kid": "one"})

    def signed_by_a_thief(self, claims):
        return jwt.encode(claims, self.thief, "RS256", headers={"kid": "one"})

    def unsigned(self, claims):
        return jwt.encode(claims, None, "none", headers={"kid": "one"})

    def signed_with_the_public_key_as_a_secret(self, claims):
        """The old trick: a public key taken for the secret of HS256."""
        part = [base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=")
                for one in ({"alg": "HS256", "kid": "one"}, claims)]  # fmt: skip
        key = json.dumps(self.jwks()["keys"][0]).encode()
        mark = hmac.digest(key, b".".join(part), "sha256")
        return b".".join([*part, base64.urlsafe_b64encode(mark).rstrip(b"=")]).decode()

    def changed_after_signing(self, claims):
        head, _body, mark = self.signed({**claims, "email": "nobody@example.org"}).split(".")
        body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
        return f"{head}.{body}.{mark}"


class Door(BaseHTTPRequestHandler):
    """Its addresses."""

    def do_GET(self):
        provider = self.server.provider
        answers = {
            "/.well-known/openid-configuration": provider.describes,
            "/keys": provider.jwks,
            "/userinfo": lambda: provider.userinfo or provider.person,
        }
        self.tell(200, answers[self.path]())

    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        try:
            told = self.server.provider.exchanges(
                {name: value[0] for name, value in form.items()}, self.headers.get("Authorization")
            )
        except (KeyError, AssertionError, jwt.PyJWTError):
            self.tell(400, {"error": "invalid_grant"})
        else:
            self.tell(200, told)

    def tell(self, status, told):
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words):
        pass


@contextmanager
def provider():
    """The provider, served as long as the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.provider = known = Provider()
    known.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield known
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def client_key():
    return ec.generate_private_key(ec.SECP256R1())
