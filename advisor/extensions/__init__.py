"""What other packages bring: knowledge packs as data, retrievers and language models as code; found by entry points, imported only when used."""

from advisor.extensions.packs import Pack, Superseded, layered, read_pack, shaped
from advisor.extensions.points import GROUPS, KNOWLEDGE, MODELS, RETRIEVERS, Extension, extensions, installed_packs, loaded

__all__ = [
    "GROUPS", "KNOWLEDGE", "MODELS", "RETRIEVERS", "Extension", "Pack", "Superseded", "extensions", "installed_packs", "layered", "loaded", "read_pack", "shaped",
]  # fmt: skip
