from __future__ import annotations

from services.portal.public.kept import KeptPage, KeptPages


def page(size: int = 10) -> KeptPage:
    return KeptPage(b"x" * size, "text/html", '"tag"')


def test_a_page_is_found_for_as_long_as_the_state_is_the_same() -> None:
    pages = KeptPages()
    assert pages.find("state 1", "/register?") is None

    pages.keep("state 1", "/register?", page())

    assert pages.find("state 1", "/register?") == page()
    assert pages.find("state 1", "/register?page=2") is None
    assert pages.find("state 2", "/register?") is None
    assert pages.find("state 1", "/register?") is None, "an older state does not come back"


def test_a_page_made_from_an_older_state_is_not_kept() -> None:
    pages = KeptPages()
    pages.find("state 1", "/")
    pages.find("state 2", "/")

    pages.keep("state 1", "/", page())

    assert pages.find("state 2", "/") is None


def test_the_pages_asked_for_longest_ago_make_room() -> None:
    pages = KeptPages(largest_bytes=40)
    for path in ("a", "b", "c", "d"):
        pages.find("state", path)
        pages.keep("state", path, page())
    assert pages.find("state", "a")

    pages.keep("state", "e", page())

    assert [path for path in "abcde" if pages.find("state", path)] == ["a", "c", "d", "e"]


def test_a_page_as_large_as_many_is_not_kept() -> None:
    pages = KeptPages(largest_bytes=40)
    pages.find("state", "a")

    pages.keep("state", "a", page(11))

    assert pages.find("state", "a") is None
