"""A provider of identities for tests, in a process of its own: Authlib's server side over HTTP on the loopback address.

Codes, PKCE and the secret of the client are checked by Authlib. What the next token says can be twisted through
`/twist`, which no real provider has: that is how a test attacks. It prints the port on which it listens.
"""

import sys
import time
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, ClientMixin, grants
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from flask import Flask, Response, jsonify, request
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey
from werkzeug.serving import make_server

CLIENT, SECRET = "desk", "a secret that only these two know"
KEY = RSAKey.generate_key(2048, {"use": "sig", "kid": "one"})
STRANGER = RSAKey.generate_key(2048, {"use": "sig", "kid": "one"})
CODES: dict[str, "Code"] = {}
TWIST: dict[str, Any] = {"subject": "u-1"}


@dataclass
class Code(AuthorizationCodeMixin):
    """A code that was given, until it is taken."""

    code: str
    redirect_uri: str
    scope: str
    nonce: str
    user: str
    code_challenge: str
    code_challenge_method: str
    auth_time: int = field(default_factory=lambda: int(time.time()))

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope


class Desk(ClientMixin):
    """The one client."""

    client_id, client_metadata = CLIENT, {}

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> str:
        return ""

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri.endswith("/sign-in/provider/return")

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


class CodeGrant(grants.AuthorizationCodeGrant):
    """Codes in memory."""

    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

    def save_authorization_code(self, code: str, asked: Any) -> None:
        said = asked.payload.data
        CODES[code] = Code(
            code, said["redirect_uri"], said["scope"], said["nonce"], asked.user.id,
            said["code_challenge"], said["code_challenge_method"],
        )  # fmt: skip

    def query_authorization_code(self, code: str, client: ClientMixin) -> Code | None:
        return CODES.get(code)

    def delete_authorization_code(self, authorization_code: Code) -> None:
        del CODES[authorization_code.code]

    def authenticate_user(self, authorization_code: Code) -> Any:
        return SimpleNamespace(id=authorization_code.user)


class Tokens(OpenIDCode):
    """The tokens, as the twist of the moment says."""

    def exists_nonce(self, nonce: str, asked: Any) -> bool:
        return any(one.nonce == nonce for one in CODES.values())

    def generate_user_info(self, user: Any, scope: str) -> UserInfo:
        return UserInfo(sub=user.id, preferred_username=TWIST.get("called", f"{user.id}@example.org"))

    def encode_id_token(self, token: dict[str, Any], asked: Any) -> str:
        now, code = int(time.time()), asked.authorization_code
        claims = {
            "iss": ISSUER, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": code.nonce, "auth_time": code.auth_time,
        } | self.generate_user_info(asked.user, token["scope"]) | TWIST.get("claims", {})  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        claims |= {name: now + later for name, later in TWIST.get("times", {}).items()}
        algorithm = TWIST.get("algorithm", "RS256")
        keys = {"none": None, "HS256": OctKey.import_key(SECRET), "ES256": ECKey.generate_key("P-256")}
        key = STRANGER if TWIST.get("stranger") else keys.get(algorithm, KEY)
        return jwt.encode({"alg": algorithm, "kid": "one"}, claims, key, [algorithm])


app = Flask("identities")
server = AuthorizationServer(
    app, query_client=lambda name: Desk() if name == CLIENT else None, save_token=lambda *_: None
)
server.register_grant(CodeGrant, [Tokens(require_nonce=True), CodeChallenge(required=True)])


@app.get("/.well-known/openid-configuration")
def directory() -> Response:
    said = {name: f"{ISSUER}/{path}" for name, path in PAGES.items()} | {"issuer": ISSUER}
    return jsonify(said | TWIST.get("directory", {}))


@app.get("/keys")
def keys() -> Response:
    return jsonify(KeySet([KEY]).as_dict(private=False))


@app.get("/authorize")
def authorize() -> Response:
    grant = server.get_consent_grant(end_user=SimpleNamespace(id=TWIST["subject"]))
    assert request.args["prompt"] == "login"
    return server.create_authorization_response(grant_user=SimpleNamespace(id=TWIST["subject"]), grant=grant)


@app.post("/token")
def token() -> Response:
    return server.create_token_response()


@app.post("/twist")
def twist() -> Response:
    TWIST.clear()
    TWIST.update({"subject": "u-1"} | request.get_json())
    return jsonify({})


PAGES = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
if __name__ == "__main__":
    listening = make_server("127.0.0.1", int(sys.argv[1]) if sys.argv[1:] else 0, app)
    ISSUER = f"http://127.0.0.1:{listening.server_port}"
    print(listening.server_port, flush=True)
    listening.serve_forever()
