"""The signing-in part of an Immich server on loopback, for tests of sessions."""

from tests.fakes.site import Answer, Asked, immich


class Accounts:
    """One user with a password, and API keys by secret with their permissions."""

    def __init__(self) -> None:
        self.user_id = "user-1"
        self.password = "right horse"
        self.keys: dict[str, list[str]] = {}
        self.sessions: dict[str, dict[str, str]] = {}
        self.opened = 0
        self.me_status = 200

    def routes(self) -> dict[str, object]:
        return {
            **immich(),
            "/api/auth/login": self._login,
            "/api/auth/logout": self._logout,
            "/api/users/me": self._me,
            "/api/api-keys/me": self._key,
        }

    def _login(self, asked: Asked) -> Answer:
        if asked.body["password"] != self.password:
            return Answer({"message": "Incorrect email or password"}, 401)
        self.opened += 1
        token = f"token-{self.opened}"
        self.sessions[token] = asked.headers
        return Answer({"accessToken": token, "userId": self.user_id}, 201)

    def _logout(self, asked: Asked) -> Answer:
        if self.sessions.pop(_token(asked), None) is None:
            return Answer({"message": "Invalid user token"}, 401)
        return Answer({"successful": True, "redirectUri": "/"})

    def _me(self, asked: Asked) -> Answer:
        if self.me_status != 200:
            return Answer({"message": "trouble"}, self.me_status)
        if _token(asked) not in self.sessions and asked.headers.get("x-api-key") not in self.keys:
            return Answer({"message": "Invalid user token"}, 401)
        return Answer(
            {
                "id": self.user_id,
                "email": "me@example.org",
                "name": "Me",
                "quotaSizeInBytes": None,
                "quotaUsageInBytes": None,
            }
        )

    def _key(self, asked: Asked) -> Answer:
        granted = self.keys.get(asked.headers.get("x-api-key", ""))
        if granted is None:
            return Answer({"message": "Invalid API key"}, 401)
        return Answer({"id": "k", "permissions": granted})


def _token(asked: Asked) -> str:
    return asked.headers.get("authorization", "").removeprefix("Bearer ")
