"""Two sections to quote."""

from faqbot.knowledge.model import Passage, Section, SectionKey, SectionText
from faqbot.matching.matcher import Match

LOANS_KEY, RENEWAL_KEY = SectionKey("guide", "loans"), SectionKey("guide", "renewal")
CARD = Passage("Bring <b>your</b> card & a form.", "")
FIVE = Passage("Five books at a time.", "", listed=True)
LOANS_EN = SectionText(
    "Loans & cards",
    (CARD, FIVE),
    f"{CARD.text}\n- {FIVE.text}",
    '<p><span data-passage="0">Bring &lt;b&gt;your&lt;/b&gt; card &amp; a form. </span></p>'
    '<ul>\n<li><span data-passage="1">Five\nbooks at a time.</span></li>\n</ul>',
)
LOANS = Section(LOANS_KEY, {"en": LOANS_EN}, None)
RENEWAL_VI = SectionText("Gia hạn", (), "", "")
RENEWAL = Section(RENEWAL_KEY, {"vi": RENEWAL_VI, "en": SectionText("Renewal", (), "", "")}, LOANS_KEY)
MATCHES = (Match(LOANS, 0.5), Match(RENEWAL, 0.3))
