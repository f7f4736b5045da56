"""The least that Flask can do with a question, on the server that faqbot runs on:
python -m tests.load.bare WORKERS PORT."""

import sys

from flask import Flask, Response, jsonify, request

from faqbot.settings import Settings
from faqbot.web.serve import room, serve, take_short_turns
from faqbot.web.server.door import Door

REPLY = {
    "kind": "answer",
    "lang": "vi",
    "text": "Một câu trả lời dài như thường thấy. " * 8,
    "html": "<p>Một câu trả lời dài như <mark>thường thấy</mark>.</p>" * 6,
    "section": {"document": "kvm", "id": "requirements", "title": "Yêu cầu", "url": "/kb/kvm/requirements?lang=vi"},
    "passage": "Bộ nhớ RAM: 16 GB.",
    "confidence": 0.9876,
    "suggestions": [{"document": "kvm", "id": "overview", "title": "Tổng quan", "confidence": 0.0}],
}
"""As long as a usual one of faqbot."""


def application() -> Flask:
    """Return an application that reads a question and writes a reply, always the same one."""
    app = Flask(__name__)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]

    @app.post("/api/chat")
    def chat() -> Response:
        return jsonify({**REPLY, "message": request.get_json()["message"]})

    @app.get("/readyz")
    def readyz() -> Response:
        return jsonify({"status": "ok"})

    take_short_turns()
    return app


def main(workers: int, port: int) -> None:
    """Serve until the process is told to stop."""
    settings = Settings()
    serve(
        lambda: Door(application(), room(settings), lambda: None),
        settings,
        host="127.0.0.1",
        port=port,
        workers=workers,
        announce=print,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
