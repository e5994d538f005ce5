"""A knowledge pack is data. Nothing may import it, which this line would show."""

raise ImportError("a knowledge pack was imported")
