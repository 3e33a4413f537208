"""Who plays: the learnings, projects, titles and parameters of the demo. A table, hence its length."""

# ruff: noqa: E501 - a row of a table is a line

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from groove_dashboard.messages import types

EVERYWHERE: Final[types.Scope] = {"level": "global"}
STOREFRONT: Final[types.Scope] = {"level": "project", "name": "storefront"}
LEDGER: Final[types.Scope] = {"level": "project", "name": "ledger"}
COMPANY: Final[types.Scope] = {"level": "enterprise", "name": "northwind"}
ADA: Final[types.Scope] = {"level": "user", "name": "ada"}

PROJECTS: Final[tuple[types.Scope, ...]] = (STOREFRONT, LEDGER)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A learning as it really is; the simulated pipeline sees only its noisy effects.

    `day` is the day of the history it is extracted on, `effect` its true contribution (-1..1) where it is used,
    `appeal` how often it is injected compared with the others, `best` the way of injecting it that works best.
    """

    key: str
    day: int
    category: types.LearningCategory
    scope: types.Scope
    content: str
    effect: float
    best: types.StrategyVariant
    appeal: float = 1.0


HURTING: Final = "retry-until-green"
DEPRECATED: Final = "comment-every-line"
RISING: Final = "run-one-test-file"

# fmt: off
LESSONS: Final[tuple[Lesson, ...]] = (
    Lesson("snake-case", 0, "preference", EVERYWHERE, "Use snake_case for every name that crosses the wire", 0.22, "main_context", 2.0),
    Lesson("tests-first", 0, "tool_usage", EVERYWHERE, "Run the tests before saying that the work is done", 0.48, "main_context", 2.6),
    Lesson("decimal-money", 1, "correction", LEDGER, "Money is a Decimal of minor units, never a float", 0.55, "main_context", 1.6),
    Lesson("small-commits", 2, "preference", ADA, "Ada wants one commit for each idea, with the reason in its message", 0.18, "deferred"),
    Lesson("lock-order", 4, "error_recovery", LEDGER, "Deadlocks in posting end when rows are locked in the order of their ids", 0.41, "subagent", 0.8),
    Lesson("read-migrations", 5, "solution", LEDGER, "Read the newest migration before touching a table", 0.33, "background_subagent"),
    Lesson("utc-only", 7, "code_pattern", EVERYWHERE, "Keep times in UTC and convert them at the edge", 0.37, "main_context", 1.4),
    Lesson(DEPRECATED, 9, "preference", ADA, "Comment every line", -0.24, "main_context", 0.9),
    Lesson("checkout-fixtures", 11, "harness_knowledge", STOREFRONT, "The checkout tests need the catalogue fixture to be loaded first", 0.44, "subagent", 1.2),
    Lesson("grep-before-edit", 13, "tool_usage", EVERYWHERE, "Search for every caller before changing a signature", 0.39, "background_subagent", 1.8),
    Lesson("no-barrel-files", 15, "code_pattern", STOREFRONT, "Import from the module itself, not from an index file", 0.12, "deferred", 0.7),
    Lesson("idempotent-webhooks", 17, "solution", STOREFRONT, "Payment webhooks arrive twice: key them by the event's id", 0.52, "subagent"),
    Lesson(HURTING, 20, "error_recovery", EVERYWHERE, "When a test fails, run it again until it is green", -0.38, "main_context", 1.5),
    Lesson("feature-flags", 22, "harness_knowledge", COMPANY, "New behaviour goes behind a flag that defaults to off", 0.21, "main_context"),
    Lesson("explain-plan", 25, "tool_usage", LEDGER, "Look at the query's plan before adding an index", 0.35, "subagent", 0.8),
    Lesson("aria-labels", 28, "correction", STOREFRONT, "Buttons with only an icon need a label that is read aloud", 0.16, "deferred", 0.6),
    Lesson("no-sleep-in-tests", 31, "correction", EVERYWHERE, "Wait for a condition in tests, never for a time", 0.46, "main_context", 1.4),
    Lesson("pin-actions", 34, "preference", COMPANY, "Pin every build step to an exact revision", 0.08, "deferred", 0.5),
    Lesson("typed-errors", 37, "code_pattern", LEDGER, "Raise an error with its data, and word it where it is shown", 0.24, "subagent"),
    Lesson("clear-cache", 41, "error_recovery", STOREFRONT, "Stale prices after a deploy: clear the edge cache by tag", 0.29, "background_subagent", 0.7),
    Lesson("one-query", 45, "solution", STOREFRONT, "Load the basket and its lines in one query", 0.31, "subagent"),
    Lesson("ledger-rounding", 49, "correction", LEDGER, "Round half to even, once, at the end", 0.43, "main_context", 0.9),
    Lesson("ask-when-unsure", 53, "preference", ADA, "Ask before deleting anything that is not under version control", 0.27, "main_context"),
    Lesson("snapshot-review", 57, "tool_usage", STOREFRONT, "Read the difference of a snapshot test before accepting it", 0.19, "background_subagent", 0.8),
    Lesson("long-prompts", 61, "harness_knowledge", COMPANY, "Paste the whole style guide into every prompt", -0.14, "deferred", 0.6),
    Lesson("retry-budget", 65, "error_recovery", COMPANY, "Calls to the tax service have a budget of two retries", 0.26, "subagent", 0.8),
    Lesson("name-the-unit", 70, "code_pattern", EVERYWHERE, "A name of a duration or a size says its unit", 0.23, "main_context"),
    Lesson("seed-the-clock", 75, "harness_knowledge", LEDGER, "Month-end tests take the clock from the ledger's settings", 0.34, "background_subagent", 0.7),
    Lesson("draft-first", 80, "preference", ADA, "Show a plan of three lines before a large change", 0.36, "main_context", 1.1),
    Lesson(RISING, 84, "tool_usage", EVERYWHERE, "Run the one test file that belongs to the change, then all of them", 0.62, "subagent", 1.6),
    Lesson("fresh-index", 87, "solution", STOREFRONT, "Search finds nothing after an import: rebuild its index", 0.2, "deferred", 0.6),
)

# Found while the demo runs, one after the other; after the last the first is found again, as another learning.
FINDS: Final[tuple[Lesson, ...]] = (
    Lesson("find-timezones", 0, "correction", LEDGER, "Statements close at midnight of the account's own time zone", 0.3, "main_context"),
    Lesson("find-build-order", 0, "harness_knowledge", STOREFRONT, "Build the tokens package before the components", 0.25, "background_subagent"),
    Lesson("find-early-return", 0, "code_pattern", ADA, "Ada prefers an early return to an else", 0.14, "deferred"),
    Lesson("find-batch-inserts", 0, "solution", LEDGER, "Post entries in batches of a thousand", 0.4, "subagent"),
    Lesson("find-quiet-logs", 0, "preference", COMPANY, "Log decisions, not steps", 0.1, "main_context"),
    Lesson("find-port-zero", 0, "tool_usage", EVERYWHERE, "Let the system choose the port in tests", 0.33, "main_context"),
    Lesson("find-empty-basket", 0, "error_recovery", STOREFRONT, "An empty basket after login means that two sessions were merged", 0.28, "subagent"),
    Lesson("find-global-mock", 0, "error_recovery", EVERYWHERE, "Replace the module for the whole run when a test gets in the way", -0.2, "main_context"),
    Lesson("find-read-errors", 0, "tool_usage", EVERYWHERE, "Read the first error of a failed build, not the last", 0.45, "main_context"),
    Lesson("find-soft-delete", 0, "code_pattern", COMPANY, "Mark rows as deleted and let the night job remove them", 0.09, "deferred"),
    Lesson("find-vat-cases", 0, "harness_knowledge", LEDGER, "The tax cases of the acceptance test stand in its spreadsheet", 0.22, "background_subagent"),
    Lesson("find-focus-ring", 0, "correction", STOREFRONT, "Never remove the outline of a focused control", 0.17, "deferred"),
)
# fmt: on

TITLES: Final[tuple[str, ...]] = (
    "Add a voucher field to the basket",
    "Fix the rounding of split invoices",
    "Speed up the search for products",
    "Write the export of the yearly statement",
    "Move the price rules out of the view",
    "Find out why the nightly build hangs",
    "Review the change to the posting engine",
    "Plan the move to the new tax service",
    "Update the address form for screen readers",
    "Remove the old payment adapter",
    "Reconcile the bank import with open items",
    "Make the stock counter survive a restart",
    "Teach the mailer to send in two languages",
    "Tidy up the fixtures of the order tests",
    "Show the delivery date before checkout",
    "Answer the review of the refund flow",
)

CONTEXTS: Final[tuple[types.ContextType, ...]] = ("interactive", "batch", "code_review", "planning")
CONTEXT_SHARES: Final = (0.55, 0.15, 0.2, 0.1)
VARIANTS: Final[tuple[types.StrategyVariant, ...]] = ("main_context", "subagent", "background_subagent", "deferred")
COMPONENTS: Final[tuple[types.Component, ...]] = ("assessment", "extraction", "attribution", "strategy")

# Name, middle value, period of its swing in steps.
PARAMETERS: Final[tuple[tuple[str, float, int], ...]] = (
    ("ablation_share", 0.08, 23),
    ("context_budget_tokens", 6400.0, 17),
    ("decay_half_life_days", 21.0, 31),
    ("exploration_rate", 0.12, 13),
    ("injection_threshold", 0.35, 19),
)
