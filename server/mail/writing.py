"""Letters as their readers see them: text and HTML, in their language, with a way to stop them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from html import escape
from pathlib import Path

import models
from resolvers.letter import Opened
from resolvers.letter_item import Item

WORDS: Mapping[str, Mapping[str, str]] = tomllib.loads(
    Path(__file__).with_name("words.toml").read_text("utf-8")
)


@dataclass(frozen=True)
class Style:
    """Where letters come from: `site` is the address that links begin with."""

    site: str
    sender: Address


def write(opened: Opened, style: Style, stop: str) -> EmailMessage:
    """The message of a letter; its id is that of the letter, so that a repeat is known as one.

    `stop` is the address that ends letters for these reasons, by one click (RFC 8058).
    """
    words = WORDS[opened.language]
    message = EmailMessage()
    message["From"] = style.sender
    message["To"] = opened.email
    message["Subject"] = _subject(opened, words)
    message["Message-ID"] = f"<{opened.id}@{style.sender.domain}>"
    message["List-Unsubscribe"] = f"<{stop}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = opened.language.lower()
    message.set_content(_text(opened, words, style, stop))
    message.add_alternative(_html(opened, words, style, stop), subtype="html")
    return message


def headline(item: Item, words: Mapping[str, str]) -> str:
    """What happened, in one line."""
    return " ".join(words[item.reason].format(name=item.name or words["somebody"]).split())


def _subject(opened: Opened, words: Mapping[str, str]) -> str:
    count = len(opened.items) + opened.more
    if count == 1:
        return headline(opened.items[0], words)
    return words["several"].format(count=count)


def _link(item: Item, style: Style) -> str:
    return f"{style.site}/posts/{item.post_id}" if item.post_id else f"{style.site}/"


def _text(opened: Opened, words: Mapping[str, str], style: Style, stop: str) -> str:
    parts = [words["greeting"]]
    for item in opened.items:
        lines = [headline(item, words), item.title, item.words, _link(item, style)]
        parts.append("\n".join(line for line in lines if line))
    if opened.more:
        parts.append(words["more"].format(count=opened.more))
    parts.append(f"{words['why']}\n{stop}")
    return "\n\n".join(parts) + "\n"


def _html(opened: Opened, words: Mapping[str, str], style: Style, stop: str) -> str:
    parts = [f"<p>{escape(words['greeting'])}</p>"]
    for item in opened.items:
        title = f"<br><strong>{escape(item.title)}</strong>" if item.title else ""
        said = f"<blockquote>{escape(item.words)}</blockquote>" if item.words else ""
        link = f'<a href="{escape(_link(item, style))}">{escape(words["open"])}</a>'
        parts.append(f"<p>{escape(headline(item, words))}{title}</p>{said}<p>{link}</p>")
    if opened.more:
        parts.append(f"<p>{escape(words['more'].format(count=opened.more))}</p>")
    link = f'<a href="{escape(stop)}">{escape(words["stop"])}</a>'
    parts.append(f"<p><small>{escape(words['why'])} {link}</small></p>")
    return page(opened.language, "".join(parts))


def page(language: models.Language, body: str) -> str:
    """A page of nothing but words: no script, no picture, nothing that tells of its reader."""
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    begin = f'<!doctype html><html lang="{language.lower()}"><head>{head}</head>'
    return f"{begin}<body>{body}</body></html>"
