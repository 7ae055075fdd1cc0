"""The parts of a drawing: all that is said of each, decided before Graphviz paints any of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

from conceptmap.draw.labels import word_name
from conceptmap.draw.layout import Layout
from conceptmap.draw.picture import DrawnEdge, DrawnNode, Picture, frame_name
from ontology.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Part:
    """A node, an edge, a proxy (a `node` in a `group` far from its own) or a frame (a `group` alone).

    `name` and `classes` go through Graphviz; the rest is put on what it painted. With a `link` the whole part is a
    link, which bears the `attributes`. `sign` is SVG that is painted on top of it.
    """

    name: str
    classes: str
    title: str = ""
    about: str = ""
    node: DrawnNode | None = None
    edge: DrawnEdge | None = None
    group: int | None = None
    link: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    sign: str = ""

    @property
    def more(self) -> str:
        """The attributes as SVG, each behind a space."""
        return "".join([f' {name}="{escape(value)}"' for name, value in self.attributes.items()])

    def opening(self, classes: str) -> str:
        """What comes before the shapes and words, under the classes that Graphviz gives back."""
        said = f"<title>{escape(self.title)}</title>" if self.title else ""
        about = f"<desc>{escape(self.about)}</desc>" if self.about else ""
        group = f'<g id="{self.name}" class="{escape(classes)}"'
        if self.link:
            return f'<a href="{escape(self.link)}"{self.more}>{said}{group}>{about}'
        return f"{group}{self.more}>{said}{about}"

    def closing(self) -> str:
        """What comes behind them."""
        return f"{self.sign}</g>" + ("</a>" if self.link else "")


def parts_of(picture: Picture, layout: Layout, *, inline: bool) -> Iterator[Part]:
    """The frames, nodes, edges and proxies of a picture; `inline`, its nodes can take the keyboard's focus."""
    labels = {node.id: node.label for node in picture.nodes}
    for group, title in sorted(picture.days.items()):
        yield Part(frame_name(group), f"day {frame_name(group)}", title, group=group)
    for place, node in enumerate(picture.nodes):
        day = f" of day {node.day}" if node.day is not None else ""
        classes = kind_class(node.kind) + (f" day_{node.day}" if node.day is not None else "")
        focus = {"role": "img", "tabindex": "-1" if place else "0"} if inline else {}
        yield Part(
            node.name,
            f"{classes} focus" if node.focus else classes,
            node.title,
            node.about or f"{node.kind.name}{day}",
            node=node,
            attributes=focus,
        )
    for edge in picture.edges:
        title = edge.title(labels[edge.source], labels[edge.target])
        classes = f"relation_{word_name(edge.relation.name)}" if edge.relation else "between"
        yield Part(edge.name, classes, title, edge.details or f"since day {edge.day}", edge=edge)
    nodes = {node.id: node for node in picture.nodes}
    for proxy in layout.proxies.values():
        node = nodes[proxy.of]
        classes = f"ghost {kind_class(node.kind)} {frame_name(proxy.group)}"
        # A proxy says nothing of its own: who hears the picture hears of its edges.
        hidden = {"aria-hidden": "true"}
        yield Part(proxy.name, classes, node.label, node=node, group=proxy.group, attributes=hidden)


def kind_class(kind: Kind) -> str:
    """The class of what is drawn of a kind."""
    return f"kind_{word_name(kind.name)}"
