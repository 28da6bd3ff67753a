"""A small OpenID Connect provider on this machine: discovery, authorisation with PKCE, token, keys; it can be made to lie."""

from __future__ import annotations

import base64
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "diming-test", "between the two"


@dataclass
class Provider:
    """What it says about whoever is logged in there, and what it was asked.

    Attributes:
        claims: of the person; ``lies`` go over the claims of the next token.
        key: signs tokens; ``shown`` are the keys that it publishes.
        asked: the queries of the authorisation door; ``exchanged``: the forms of the token door.
    """

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=lambda: {"sub": "u-1", "preferred_username": "zhang"})
    lies: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "RS256"
    key: RSAKey | OctKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    shown: list[dict[str, Any]] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    exchanged: list[dict[str, str]] = field(default_factory=list)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def authorise(self, query: dict[str, str]) -> str:
        """The person agrees at once: where the browser is sent back to."""
        self.asked.append(query)
        code = secrets.token_urlsafe(16)
        self._codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """A token for a code that is known, unused, and asked for by whoever began; else None."""
        self.exchanged.append(form)
        query = self._codes.pop(form.get("code", ""), None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET.replace(' ', '%20')}".encode()).decode()
        if (
            query is None or authorization != f"Basic {basic}" or form.get("redirect_uri") != query["redirect_uri"]
            or query["client_id"] != CLIENT or query.get("code_challenge_method") != "S256"
            or create_s256_code_challenge(form.get("code_verifier", "")) != query["code_challenge"]
        ):  # fmt: skip
            return None
        now = int(time.time())
        said = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": query["nonce"]}
        said |= self.claims | self.lies
        claims = {name: value for name, value in said.items() if value is not None}
        header = {"alg": self.algorithm, "kid": "one"}
        return {
            "access_token": "x",
            "token_type": "Bearer",
            "id_token": jwt.encode(header, claims, self.key, [self.algorithm]),
        }


def _door(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            if asked.path == "/authorize":
                query = {name: values[0] for name, values in parse_qs(asked.query).items()}
                self.send_response(302)
                self.send_header("Location", provider.authorise(query))
                self.end_headers()
                return
            known = {
                "/.well-known/openid-configuration": {
                    "issuer": provider.issuer, "authorization_endpoint": f"{provider.issuer}/authorize",
                    "token_endpoint": f"{provider.issuer}/token", "jwks_uri": f"{provider.issuer}/keys",
                },
                "/keys": {"keys": provider.shown},
            }  # fmt: skip
            self._say(known.get(asked.path), 404)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._say(provider.token(form, self.headers.get("authorization", "")), 400)

        def _say(self, content: dict[str, Any] | None, otherwise: int) -> None:
            self.send_response(200 if content is not None else otherwise)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(content or {"error": "invalid_grant"}).encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Door


@contextmanager
def provided() -> Iterator[Provider]:
    """The provider on a free port, until the block ends."""
    made = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _door(made))
    made.issuer = f"http://127.0.0.1:{server.server_port}"
    made.shown = [dict(made.key.as_dict(private=False))]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
