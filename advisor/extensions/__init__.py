"""What other packages bring: knowledge packs as data, retrievers as code; found by entry points, imported only when used."""

from advisor.extensions.packs import Pack, Superseded, layered, read_pack
from advisor.extensions.points import GROUPS, KNOWLEDGE, RETRIEVERS, Extension, extensions, installed_packs, loaded

__all__ = [
    "GROUPS", "KNOWLEDGE", "RETRIEVERS", "Extension", "Pack", "Superseded", "extensions", "installed_packs", "layered", "loaded", "read_pack",
]  # fmt: skip
