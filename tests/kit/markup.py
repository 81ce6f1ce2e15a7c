"""Reading markup in tests: its tags with their attributes, and whether it is well nested."""

from html.parser import HTMLParser

from django.template import engines


class Markup(HTMLParser):
    """The tags of some markup with their attributes, and whether they are well nested."""

    EMPTY = {"input", "br", "meta", "link", "img"}

    def __init__(self, text):
        super().__init__()
        self.tags, self.open = [], []
        self.feed(str(text))
        assert not self.open, f"not closed: {self.open}"

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def one(self, tag, **attrs):
        found = [have for name, have in self.tags if name == tag and attrs.items() <= have.items()]
        assert len(found) == 1, f"{len(found)} of {tag} {attrs}"
        return found[0]

    def all(self, tag, **attrs):
        return [have for name, have in self.tags if name == tag and attrs.items() <= have.items()]


def rendered(source, **context):
    """A piece of a template, or a whole page that begins with what it extends."""
    load = "" if source.startswith("{% extends") else "{% load govuk teamaround %}"
    return engines["django"].from_string(load + source).render(context)
