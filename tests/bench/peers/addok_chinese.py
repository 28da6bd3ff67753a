"""Chinese text for addok, which knows only words between spaces: pairs of characters, and numbers as house numbers."""

import re
import unicodedata

from addok.helpers.text import Token

RUN = re.compile(r"[0-9]+|[a-z]+|[\u4e00-\u9fff]+")


def tokenize(pipe):
    """劳动北路118号 gives 劳动, 动北, 北路 and the house number 118."""
    for text in pipe:
        # ``str`` gives addok's query as it was typed, not its transliteration.
        runs = RUN.findall(unicodedata.normalize("NFKC", str(text)).lower())
        yield from (Token(word, position=at, kind=kind) for at, (word, kind) in enumerate(_words(runs)))


def _words(runs):
    numbered = False
    for run in runs:
        if run.isdigit():
            # The first number is the house; buildings and rooms follow it.
            if not numbered:
                yield run, "housenumber"
            numbered = True
        elif run.isascii() or len(run) == 2:
            yield run, None
        elif len(run) > 2:
            yield from ((run[i : i + 2], None) for i in range(len(run) - 1))
