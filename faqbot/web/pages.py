"""Pages for people: the chat form, a document, a section."""

from http import HTTPStatus

from flask import Blueprint, abort, render_template, request

from faqbot.assistant import LONGEST_MESSAGE
from faqbot.errors import QuestionError
from faqbot.knowledge.model import Document, KnowledgeBase, SectionKey
from faqbot.language.pack import LANGUAGES, language_pack, language_packs
from faqbot.reply.quotation import language_notice, section_html
from faqbot.service import Asked
from faqbot.web.parts import context_signer, live_assistant, service
from faqbot.web.words import page_language, page_words
from faqbot.wire import section_url

blueprint = Blueprint("pages", __name__)


@blueprint.app_context_processor
def _everywhere() -> dict[str, object]:
    return {
        "say": page_words().say,
        "words_in": lambda code, name: language_pack(code).say(name),
        "title_in": _title_in,
        "language": page_language(),
        "languages": language_packs(),
        "section_url": section_url,
        "longest_message": LONGEST_MESSAGE,
    }


@blueprint.get("/")
def home() -> str:
    """Show the chat, and to a browser without JavaScript the form."""
    return _chat_page(answered=False)


@blueprint.post("/")
def ask() -> tuple[str, int]:
    """Answer a question that was typed into the form."""
    message = request.form.get("message", "")
    signer = context_signer()
    conversation = signer.read(request.form.get("context"))
    explicit = request.args.get("lang")
    language = explicit if explicit in LANGUAGES else None
    try:
        reply = service().answer(Asked(message, "page", language, conversation), live_assistant()).reply
    except QuestionError:
        name = "too_long" if message.strip() else "empty"
        error = page_words().say(name, limit=LONGEST_MESSAGE)
        return _chat_page(
            answered=True, message=message[:LONGEST_MESSAGE], error=error
        ), HTTPStatus.UNPROCESSABLE_ENTITY
    context = signer.write(reply.conversation)
    return _chat_page(answered=True, message=message, reply=reply, context=context), HTTPStatus.OK


def _chat_page(*, answered: bool, **values: object) -> str:
    """Return the page; ``answered``: it shows what came of the form, so it stays a form."""
    knowledge = live_assistant().knowledge
    return render_template(
        "chat.html",
        documents=knowledge.documents,
        example=_example(knowledge),
        switch=_switch("/"),
        answered=answered,
        **values,
    )


def _example(knowledge: KnowledgeBase) -> str:
    """Return a question that the knowledge answers, to show what can be asked; "" if none is stored."""
    language = page_language()
    return next((q.text for q in knowledge.questions if q.language == language and not q.follow_up and q.answers), "")


@blueprint.get("/kb/<document>")
def document_page(document: str) -> str:
    """Show the contents of a document."""
    knowledge = live_assistant().knowledge
    found = _document(knowledge, document)
    sections = [knowledge.by_key[key] for key in found.sections]
    return render_template(
        "document.html", document=found, title=_title(found), sections=sections, switch=_switch(f"/kb/{document}")
    )


@blueprint.get("/kb/<document>/<section>")
def section_page(document: str, section: str) -> str:
    """Show a section."""
    knowledge = live_assistant().knowledge
    found = knowledge.by_key.get(SectionKey(document, section))
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    code, text = found.text_in(page_language())
    return render_template(
        "section.html",
        document=_document(knowledge, document),
        document_title=_title(_document(knowledge, document)),
        code=code,
        text=text,
        html=section_html(text),
        notice=language_notice(page_language(), code),
        children=knowledge.children(found.key) if text.html else (),
        related=[knowledge.by_key[key] for key in found.related],
        switch=_switch(f"/kb/{document}/{section}"),
    )


def _document(knowledge: KnowledgeBase, identifier: str) -> Document:
    found = next((document for document in knowledge.documents if document.id == identifier), None)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return found


def _title(document: Document) -> str:
    return _title_in(document, page_language())


def _title_in(document: Document, language: str) -> str:
    return document.titles.get(language) or next(iter(document.titles.values()))


def _switch(path: str) -> list[tuple[str, str, str]]:
    """Return code, name and address of the page in each language."""
    return [(pack.code, pack.name, f"{path}?lang={pack.code}") for pack in language_packs()]
