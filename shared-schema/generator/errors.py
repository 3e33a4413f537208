"""Why nothing was generated, or compared.

GeneratorError
├── DefinitionFileError    a file of definitions cannot be read, or breaks a convention about files
├── ExampleFileError       a file of examples cannot be read, or is about no definition
├── HouseRulesBrokenError  definitions say something that the languages would not understand alike
├── HistoryError           the schema at a point of the history cannot be read
├── PageError              a page of the documentation has no place for a generated table
└── ToolError              a code generator or formatter is missing or failed
"""


class GeneratorError(Exception):
    """Anything that keeps the generator from its work; the text is for the person who edits the definitions."""


class DefinitionFileError(GeneratorError):
    """A file of definitions cannot be read, or breaks a convention about files."""


class ExampleFileError(GeneratorError):
    """A file of examples cannot be read, or is about no definition."""


class HouseRulesBrokenError(GeneratorError):
    """Definitions that are refused; the text has one line for each fault."""


class HistoryError(GeneratorError):
    """The schema at a point of the history cannot be read."""


class PageError(GeneratorError):
    """A page of the documentation has no place for a generated table, or one too many."""


class ToolError(GeneratorError):
    """A code generator or formatter is missing or failed."""
