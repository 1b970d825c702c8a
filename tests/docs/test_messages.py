"""Every message of the program stands in docs/user/messages.md, with what to do."""

import ast
from datetime import UTC, datetime
from typing import get_args

import pytest

from tests.scripts import load
from tray_app.core.toasts import Failing, Gone, Needed, News, Offered, Slot, Stale, Summary
from tray_app.ui import toast_view

messages_doc = load("messages_doc")
NOW = datetime(2026, 11, 25, tzinfo=UTC)
NEWS = {
    Summary: Summary(3),
    Failing: Failing(3),
    Needed: Needed(("The keychain is locked.",)),
    Stale: Stale(NOW),
    Offered: Offered("EOS", "/media/EOS/DCIM"),
    Gone: Gone(2),
}


@pytest.fixture(scope="module")
def text():
    return messages_doc.PAGE.read_text()


def test_the_page_is_that_of_the_code(text):
    assert text == messages_doc.page(), "write it: python packaging/messages_doc.py"


def test_every_sentence_of_the_code_is_there_with_what_to_do(text):
    rows = dict(line.strip("| ").split(" | ", 1) for line in text.splitlines() if " | " in line)
    found = [one for one in messages_doc.messages() if messages_doc.is_sentence(one.text)]
    assert len(found) > 250
    for message in found:
        cell = messages_doc._cell(message.text)
        if not message.is_remedy:
            assert rows[cell].strip(), message
    assert all(messages_doc._own(start) for start in messages_doc._OF_ITS_OWN)


def test_what_is_right_to_do_is_said_of_messages_that_exist():
    texts = [one.text for one in messages_doc.messages()]
    for start in messages_doc._OF_ITS_OWN:
        assert any(text.startswith(start) for text in texts), f"no message begins: {start}"


def test_a_new_message_would_be_missed(text):
    code = 'raise TryLater(phrase("{host} sings.", host=host), remedy=phrase("Sing along."))'
    (said, remedy) = messages_doc._Reader("engine/new.py", ast.parse(code)).messages()
    assert (said.text, said.advice, said.is_remedy) == ("{host} sings.", "Sing along.", False)
    assert remedy.is_remedy
    assert said.text not in text
    with pytest.raises(LookupError, match="engine/new"):
        messages_doc.topic_of("engine/new.py")


@pytest.mark.parametrize("news", NEWS.values(), ids=lambda news: type(news).__name__)
def test_every_notification_is_there(news, text):
    assert set(NEWS) == set(get_args(News))
    title = toast_view.toast(news, NOW, UTC).notification.title
    assert any(known in title for known in messages_doc.NOTIFICATIONS), title


def test_progress_is_there():
    assert toast_view.PROGRESS_TITLE in messages_doc.NOTIFICATIONS
    assert {Slot.TOTAL, Slot.DETAIL, Slot.ERROR, Slot.OFFER} == set(Slot)
