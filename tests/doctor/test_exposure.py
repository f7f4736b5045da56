"""What is open to everybody is seen."""

import pytest

from faqbot.doctor import exposure
from tests.doctor.looking import Look, levels, look

SECURE = {"PUBLIC_URL": "https://faq.example.com", "TRUSTED_PROXIES": "10.0.0.5"}
CASES: list[tuple[Look, dict[str, str], list[str]]] = [
    (exposure.public_url, {}, []),
    (exposure.public_url, SECURE, ["ok"]),
    (exposure.public_url, {"PUBLIC_URL": "https://faq.example.com"}, ["warning"]),
    (exposure.public_url, {"PUBLIC_URL": "http://faq.example.com"}, ["warning"]),
    (exposure.public_url, {"PUBLIC_URL": "http://localhost:8000"}, ["ok"]),
    (exposure.public_url, {"SLACK_BOT_TOKEN": "xoxb-a-long-token"}, ["warning"]),
    (exposure.proxies, {}, []),
    (exposure.proxies, {"TRUSTED_PROXIES": "10.0.0.0/8 fd00::/8 104.16.0.0/13"}, ["ok"]),
    (exposure.proxies, {"TRUSTED_PROXIES": "0.0.0.0/0"}, ["fault"]),
    (exposure.proxies, {"TRUSTED_PROXIES": "10.0.0.5 ::/0"}, ["fault"]),
    (exposure.proxies, {"TRUSTED_PROXIES": "64.0.0.0/7 2000::/3"}, ["warning", "warning"]),
    (exposure.origins, {}, []),
    (exposure.origins, {"ALLOWED_ORIGINS": "https://a.example"}, ["ok"]),
    (exposure.origins, {"ALLOWED_ORIGINS": "*"}, ["warning"]),
    (exposure.limit, {}, ["ok"]),
    (exposure.limit, {"RATE_LIMIT": "off"}, ["warning"]),
]


@pytest.mark.parametrize(("check", "environ", "expected"), CASES)
def test_how_open_the_server_is(check: Look, environ: dict[str, str], expected: list[str]) -> None:
    assert levels(look(check, **environ)) == expected
