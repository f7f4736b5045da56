"""Vietnamese: its rules. Its words are in words.yaml, its sentences in messages.yaml."""

from faqbot.language.pack import Rules
from faqbot.language.vi import telex, vni
from faqbot.language.vi.syllable import looks_vietnamese

RULES = Rules(
    stem=None,
    decoders=(telex.decode, vni.decode),
    looks_native=looks_vietnamese,
    letters=frozenset("àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"),
)
