"""A notice becomes the request that each program documents."""

import hashlib
import hmac
import json
from base64 import b64decode
from datetime import UTC, datetime
from typing import Any

from faqbot.helpdesk.presets import request_for
from faqbot.outgoing.target import Kind, Target
from tests.helpdesk.telling import SECRET, target, told

MOMENT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
ZAMMAD = target(
    "https://desk.example.org/api/v1/tickets", kind=Kind.ZAMMAD, group="Hỗ trợ", customer="guest@example.org"
)
FRESHDESK = target(
    "https://x.freshdesk.com/api/v2/tickets", kind=Kind.FRESHDESK, group="51", customer="guest@example.org"
)


def body(where: Target, **fields: Any) -> dict[str, Any]:
    found = json.loads(request_for(where, told(**fields), MOMENT).body)
    assert isinstance(found, dict)
    return found


def test_plain_json_is_signed_with_its_time() -> None:
    request = request_for(target("https://crm.example.org/hook"), told(), MOMENT)
    assert request.headers["X-Faqbot-Timestamp"] == "1772600767"
    expected = hmac.new(SECRET.encode(), b"1772600767." + request.body, hashlib.sha256).hexdigest()
    assert request.headers["X-Faqbot-Signature"] == f"v1={expected}"
    assert request.headers["X-Faqbot-Delivery"] == json.loads(request.body)["id"]


def test_a_change_of_body_or_time_changes_the_signature() -> None:
    where, found = target("https://crm.example.org"), told()
    later = MOMENT.replace(second=8)
    requests = [request_for(where, found, MOMENT), request_for(where, found, later), request_for(where, told(), MOMENT)]
    assert len({each.headers["X-Faqbot-Signature"] for each in requests}) == 3
    assert requests[0].body == requests[1].body


def test_zammad_gets_a_ticket_with_group_customer_and_article() -> None:
    found = body(ZAMMAD)
    assert (found["title"], found["group"], found["customer"]) == ("máy in hỏng", "Hỗ trợ", "guess:lan@example.org")
    assert (found["article"]["internal"], found["article"]["content_type"]) == (False, "text/plain")
    text = found["article"]["body"]
    assert text.startswith("Máy in phòng 2 hỏng rồi ạ.\n\nNgười gửi: Lan – lan@example.org")
    assert "Hỏi: chủ nhật có mở cửa không\nBot: Chủ nhật thư viện nghỉ." in text


def test_zammad_gets_its_token() -> None:
    assert request_for(ZAMMAD, told(), MOMENT).headers["Authorization"] == f"Token token={SECRET}"


def test_who_left_no_address_is_filed_under_the_given_customer() -> None:
    assert body(ZAMMAD, contact="0912 345 678")["customer"] == "guess:guest@example.org"
    assert body(FRESHDESK, contact=None)["email"] == "guest@example.org"


def test_freshdesk_gets_a_ticket_whose_text_stays_text() -> None:
    found = body(FRESHDESK, text="<script>alert(1)</script>\nhai")
    assert (found["email"], found["name"], found["group_id"]) == ("lan@example.org", "Lan", 51)
    assert (found["status"], found["priority"], found["tags"]) == (2, 1, ["faqbot"])
    assert found["description"].startswith("&lt;script&gt;alert(1)&lt;/script&gt;<br>hai")


def test_freshdesk_gets_its_key_as_a_user_name() -> None:
    header = request_for(FRESHDESK, told(), MOMENT).headers["Authorization"]
    assert b64decode(header.removeprefix("Basic ")).decode() == f"{SECRET}:X"


def test_what_is_not_known_is_left_out() -> None:
    found = body(target("https://x.freshdesk.com", kind=Kind.FRESHDESK, customer="guest@example.org"), name=None)
    assert not {"name", "group_id"} & set(found)


def test_a_ticket_in_english_reads_english() -> None:
    assert "From: Lan – lan@example.org" in body(ZAMMAD, language="en")["article"]["body"]


def test_a_request_does_not_show_its_credentials() -> None:
    assert SECRET not in repr(request_for(ZAMMAD, told(), MOMENT))
