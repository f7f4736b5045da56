"""A value is read anew from the one before."""

from faqbot.live.newest import Newest


def test_each_look_reads_on_from_the_value_before() -> None:
    newest = Newest(1, lambda before: before + 1)
    assert newest.value == 1
    newest.look()
    newest.look()
    assert newest.value == 3


def test_it_can_be_read_where_the_lock_was_held_by_a_thread_that_is_gone() -> None:
    read: list[int] = []

    def once(before: int) -> int:
        if not read:
            read.append(before)
            newest.unlock()
            newest.look()
        return before + 1

    newest = Newest(1, once)
    newest.look()
    assert newest.value == 2
