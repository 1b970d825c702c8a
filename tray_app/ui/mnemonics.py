"""Letters to press with Alt, one for each control of a page."""

from collections.abc import Iterable, Sequence


def mnemonics(titles: Sequence[str], taken: Iterable[str] = ()) -> list[str]:
    """Mark a letter of each title with `&`, no letter twice and none of `taken`.

    First letters of words come first; a title without a free letter stays as it is.
    """
    used = {letter.casefold() for letter in taken}
    marked = []
    for title in titles:
        place = _place(title, used)
        plain = title.replace("&", "&&")
        if place is None:
            marked.append(plain)
            continue
        used.add(title[place].casefold())
        before = title[:place].replace("&", "&&")
        marked.append(f"{before}&{title[place:].replace('&', '&&')}")
    return marked


def _place(title: str, used: set[str]) -> int | None:
    starts = [at for at, char in enumerate(title) if at == 0 or title[at - 1] == " "]
    rest = [at for at in range(len(title)) if at not in starts]
    for at in (*starts, *rest):
        if title[at].isalnum() and title[at].casefold() not in used:
            return at
    return None
