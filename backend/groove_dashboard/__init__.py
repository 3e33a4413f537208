"""groove-dashboard: the live answer to what groove has learned, what helps, what hurts and whether it is healthy."""

from importlib.metadata import version
from typing import Final

__version__: Final = version("groove-dashboard")
