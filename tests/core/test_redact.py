import pytest

from tray_app.core.redact import redacted

SECRET = "aB3dE5gH7jK9mN1pQ"


@pytest.mark.parametrize(
    "text",
    [
        f"x-api-key: {SECRET}",
        f"{{'x-api-key': '{SECRET}', 'accept': 'a'}}",
        f"[(b'x-api-key', b'{SECRET}')]",
        f"Authorization: Bearer {SECRET}",
        f"bearer {SECRET} refused",
        f'{{"accessToken": "{SECRET}", "x": 1}}',
        f'{{"email": "a@b", "password": "it \\"is\\" {SECRET}"}}',
        f"password={SECRET}&x=1",
        f"IMMICH_API_KEY={SECRET}",
        f"Set-Cookie: immich_access_token={SECRET}; Path=/",
        f"cookie: a=1; immich_access_token={SECRET}; b=2",
        f"GET https://host/api/x?apiKey={SECRET} failed",
        f"GET http://host:2283/x?next={SECRET}#y",
        f"app.immich:/oauth-callback?code={SECRET}",
        f"https://me:{SECRET}@host/api",
        f"x-immich-user-token: {SECRET}",
    ],
)
def test_secrets_are_taken_out(text):
    assert SECRET not in redacted(text)
    assert "[hidden]" in redacted(text)


@pytest.mark.parametrize(
    "text",
    [
        "Uploaded /photos/tokens/a?.jpg in 3 s",
        "https://host/api/assets answered 500",
        "The API key lacks the permission asset.upload.",
        "what? nothing",
    ],
)
def test_harmless_text_stays(text):
    assert redacted(text) == text


def test_known_values_are_taken_out_wherever_they_are():
    assert redacted("odd place:abcdefgh!", ["abcdefgh"]) == "odd place:[hidden]!"
    assert redacted("a short one", ["a"]) == "a short one"
