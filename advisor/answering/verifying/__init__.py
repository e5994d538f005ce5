"""The parts of `verify`: what is held to be true, whom a sentence names for a figure, and figures worked out from others."""
