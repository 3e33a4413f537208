# Generated from shared-schema by `make schema`. Do not edit.
# ruff: noqa
"""Validators for what comes in: `load_<root>` for each root of the schema, `load` for any definition by its name.

All raise marshmallow.ValidationError; `strict.pointers(error.messages)` tells the places.
"""

from __future__ import annotations

from typing import Final

from marshmallow import fields

from . import strict, types

SCHEMA_HASH: Final = "cfbe07dc54b2"
TOPIC_NAMES: Final[tuple[types.TopicName, ...]] = (
    "attribution",
    "health",
    "learning_detail",
    "learnings",
    "overview",
    "session_timeline",
    "strategy_distributions",
    "strategy_overrides",
)
TOPIC_DEFAULTS: Final[dict[str, dict[str, object]]] = {
    "attribution": {"period": {"days": 7}},
    "health": {},
    "learning_detail": {},
    "learnings": {"filters": {}, "sort": "recency", "limit": 100, "offset": 0},
    "overview": {},
    "session_timeline": {"period": {"days": 7}, "limit": 100},
    "strategy_distributions": {},
    "strategy_overrides": {"limit": 100},
}
"""What the absent properties of a topic mean."""


class Fraction(strict.Number):
    """A ratio as a fraction, never a percentage (0.42, not 42)."""

    rules = [strict.Within(min=0, max=1)]


class Count(strict.Integer):
    """How many there are."""

    rules = [strict.Within(min=0, max=9007199254740991)]


class AblationCoverage(strict.Object):
    """How many learnings have been through an ablation experiment, over all time; the three counts add up to all learnings."""

    coverage = Fraction(allow_none=True, required=True)
    completed = Count(required=True)
    in_progress = Count(required=True)
    pending = Count(required=True)


class AblationState(strict.Choice):
    """How far the ablation experiment of a learning has come; pending where there is none."""

    choices = (
        "pending",
        "in_progress",
        "completed",
    )


class SignedFraction(strict.Number):
    """A value or contribution, from -1 (hurts) to 1 (helps)."""

    rules = [strict.Within(min=-1, max=1)]


class AblationSummary(strict.Object):
    """The learning's ablation experiment; the latest completed one, else the latest in progress, else pending."""

    state = AblationState(required=True)
    value = SignedFraction(allow_none=True, required=True)
    confidence = Fraction(allow_none=True, required=True)


class Uuid(strict.String):
    """Lower-case RFC 9562 UUID."""

    rules = [strict.Pattern("^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]


class Timestamp(strict.String):
    """RFC 3339 date-time in UTC, with a capital T and Z and at most six fractional digits."""

    rules = [
        strict.Pattern(
            "^[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?Z$"
        ),
        strict.date_time,
    ]


class ShortText(strict.String):
    """A name or title of one line."""

    rules = [strict.Characters(min=1, max=200), strict.Pattern("^[^\\u0000]*$")]


class AblationUpdatedEvent(strict.Object):
    """An ablation experiment made progress; a completed one needs value and confidence."""

    event_id = Uuid(required=True)
    type = strict.Choice("ablation_updated", required=True)
    occurred_at = Timestamp(required=True)
    experiment_id = ShortText(required=True)
    learning_id = Uuid(required=True)
    state = AblationState(required=True)
    value = SignedFraction()
    confidence = Fraction()


class LearningAction(strict.Choice):
    """What a person does to a learning."""

    choices = (
        "enable_learning",
        "disable_learning",
        "delete_learning",
    )


class ActionResult(strict.Object):
    """The action is done and committed."""

    action = LearningAction(required=True)
    id = Uuid(required=True)


class RequestId(strict.String):
    """Chosen by the client; what answers the request carries it back."""

    rules = [strict.Characters(min=1, max=64)]


class ActionResultMessage(strict.Object):
    """The action is done and committed."""

    type = strict.Choice("action_result", required=True)
    action = LearningAction(required=True)
    id = Uuid(required=True)
    request_id = RequestId()


class Quantity(strict.Number):
    """A number of any sign in the unit of what it measures."""

    rules = [strict.Within(min=-1000000000, max=1000000000)]


class TrendDirection(strict.Choice):
    """Where a figure is heading."""

    choices = (
        "rising",
        "stable",
        "falling",
    )


class AdaptiveParam(strict.Object):
    """A parameter that the pipeline tunes by itself."""

    name = ShortText(required=True)
    current_value = Quantity(required=True)
    confidence = Fraction(required=True)
    trend = TrendDirection(required=True)
    history = strict.List(Quantity(), required=True)


class AdaptiveParamUpdatedEvent(strict.Object):
    """A parameter tuned itself."""

    event_id = Uuid(required=True)
    type = strict.Choice("adaptive_param_updated", required=True)
    occurred_at = Timestamp(required=True)
    name = ShortText(required=True)
    value = Quantity(required=True)
    confidence = Fraction(required=True)


class PatchPath(strict.String):
    """JSON pointer (RFC 6901)."""

    rules = [strict.Characters(max=4096)]


class AddOperation(strict.Object):
    """Adds a value."""

    op = strict.Choice("add", required=True)
    path = PatchPath(required=True)
    value = strict.Anything(required=True)


class AttributionData(strict.Object):
    """The learnings' values in the period."""

    data_type = strict.Choice("attribution", required=True)
    period_days = strict.Integer(required=True, validate=[strict.Within(min=1, max=365)])
    top_contributors = strict.List(strict.Nested(lambda: ContributorRow), required=True)
    negative_impact = strict.List(strict.Nested(lambda: ContributorRow), required=True)
    ablation_coverage = strict.Nested(lambda: AblationCoverage, required=True)


class SessionId(strict.String):
    """Id of a coding session as its pipeline names it. NUL characters are refused, since PostgreSQL cannot store them."""

    rules = [strict.Characters(min=1, max=200), strict.Pattern("^[^\\u0000]*$")]


class AttributionRecordedEvent(strict.Object):
    """A session's result was attributed to a learning; one per session and learning."""

    event_id = Uuid(required=True)
    type = strict.Choice("attribution_recorded", required=True)
    occurred_at = Timestamp(required=True)
    session_id = SessionId(required=True)
    learning_id = Uuid(required=True)
    activated = strict.Boolean(required=True)
    withheld = strict.Boolean()
    contribution = SignedFraction(required=True)
    confidence = Fraction(required=True)


class AttributionTopic(strict.Object):
    """What helped and what hurt in a period."""

    topic = strict.Choice("attribution", required=True)
    period = strict.Nested(lambda: Period)


class AuthenticateRequest(strict.Object):
    """Proves who the client is; sent again later it refreshes the token in place."""

    type = strict.Choice("authenticate", required=True)
    request_id = RequestId()
    token = strict.String(required=True, validate=[strict.Characters(min=1, max=8192)])


class BatchedMessage(strict.Union):
    """What may stand in a batch."""

    tag = "type"
    variants = {
        "snapshot": lambda: SnapshotMessage,
        "update": lambda: UpdateMessage,
        "current": lambda: CurrentMessage,
        "error": lambda: ErrorMessage,
    }


class BatchMessage(strict.Object):
    """Several messages in one frame; apply all, then render once."""

    type = strict.Choice("batch", required=True)
    messages = strict.List(BatchedMessage(), required=True, validate=[strict.Items(min=1, max=1000)])


class CalendarDate(strict.String):
    """RFC 3339 full-date, a UTC day."""

    rules = [strict.Pattern("^[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"), strict.date]


class Component(strict.Choice):
    """A part of the pipeline that reports its state."""

    choices = (
        "assessment",
        "extraction",
        "attribution",
        "strategy",
    )


class ComponentStatus(strict.Choice):
    """State of a component as shown; unknown where it never reported."""

    choices = (
        "ok",
        "degraded",
        "error",
        "unknown",
    )


class LongText(strict.String):
    """A message or reason."""

    rules = [strict.Characters(max=2000), strict.Pattern("^[^\\u0000]*$")]


class ComponentHealth(strict.Object):
    """State of one component."""

    component = Component(required=True)
    status = ComponentStatus(required=True)
    last_activity = Timestamp(allow_none=True, required=True)
    message = LongText(allow_none=True, required=True)
    coverage = Fraction(allow_none=True, required=True)
    item_count = Count(required=True)


class ReportedStatus(strict.Choice):
    """What a component says of itself."""

    choices = (
        "ok",
        "degraded",
        "error",
    )


class ComponentReport(strict.Object):
    """What a component said at a moment."""

    occurred_at = Timestamp(required=True)
    component = Component(required=True)
    status = ReportedStatus(required=True)
    message = LongText(required=True)


class ComponentReportedEvent(strict.Object):
    """A component said how it is."""

    event_id = Uuid(required=True)
    type = strict.Choice("component_reported", required=True)
    occurred_at = Timestamp(required=True)
    component = Component(required=True)
    status = ReportedStatus(required=True)
    message = LongText(required=True)


class ConnectionLimits(strict.Object):
    """What the server takes from one connection."""

    max_message_bytes = Count(required=True)
    max_topics = Count(required=True)
    messages_per_second = Count(required=True)
    message_burst = Count(required=True)


class ContextType(strict.Choice):
    """What kind of session a learning is injected into."""

    choices = (
        "interactive",
        "batch",
        "code_review",
        "planning",
    )


class ContributionPoint(strict.Object):
    """One UTC day of a learning's activated records."""

    date = CalendarDate(required=True)
    mean_contribution = SignedFraction(allow_none=True, required=True)
    session_count = Count(required=True)


class LearningContent(strict.String):
    """What was learned, in words."""

    rules = [strict.Characters(min=1, max=4000), strict.Pattern("^[^\\u0000]*$")]


class LearningStatus(strict.Choice):
    """Whether a learning is injected, and why not."""

    choices = (
        "active",
        "disabled",
        "under_review",
        "deprecated",
    )


class ContributorRow(strict.Object):
    """A learning's value in a period."""

    learning_id = Uuid(required=True)
    content = LearningContent(required=True)
    estimated_value = SignedFraction(required=True)
    confidence = Fraction(required=True)
    session_count = Count(required=True)
    status = LearningStatus(required=True)


class DashboardTopic(strict.Union):
    """What a client may subscribe to."""

    tag = "topic"
    variants = {
        "attribution": lambda: AttributionTopic,
        "health": lambda: HealthTopic,
        "learning_detail": lambda: LearningDetailTopic,
        "learnings": lambda: LearningsTopic,
        "overview": lambda: OverviewTopic,
        "session_timeline": lambda: SessionTimelineTopic,
        "strategy_distributions": lambda: StrategyDistributionsTopic,
        "strategy_overrides": lambda: StrategyOverridesTopic,
    }


class Version(strict.String):
    """Opaque name of a topic's state; equal data have equal versions on every process."""

    rules = [strict.Characters(min=1, max=64)]


class CurrentMessage(strict.Object):
    """What the client holds is the newest."""

    type = strict.Choice("current", required=True)
    topic = DashboardTopic(required=True)
    version = Version(required=True)


class DashboardMessage(strict.Union):
    """Every message that the server may send."""

    tag = "type"
    variants = {
        "welcome": lambda: WelcomeMessage,
        "subscribed": lambda: SubscribedMessage,
        "unsubscribed": lambda: UnsubscribedMessage,
        "snapshot": lambda: SnapshotMessage,
        "update": lambda: UpdateMessage,
        "current": lambda: CurrentMessage,
        "batch": lambda: BatchMessage,
        "action_result": lambda: ActionResultMessage,
        "error": lambda: ErrorMessage,
        "heartbeat": lambda: HeartbeatMessage,
        "pong": lambda: PongMessage,
        "goodbye": lambda: GoodbyeMessage,
    }


class DashboardRequest(strict.Union):
    """Every message that a client may send."""

    tag = "type"
    variants = {
        "authenticate": lambda: AuthenticateRequest,
        "subscribe": lambda: SubscribeRequest,
        "resume": lambda: ResumeRequest,
        "unsubscribe": lambda: UnsubscribeRequest,
        "enable_learning": lambda: EnableLearningRequest,
        "disable_learning": lambda: DisableLearningRequest,
        "delete_learning": lambda: DeleteLearningRequest,
        "ping": lambda: PingRequest,
    }


class DeleteLearningRequest(strict.Object):
    """Deletes a learning for good."""

    type = strict.Choice("delete_learning", required=True)
    request_id = RequestId()
    id = Uuid(required=True)


class DisableLearningRequest(strict.Object):
    """Disables a learning; no event overwrites that."""

    type = strict.Choice("disable_learning", required=True)
    request_id = RequestId()
    id = Uuid(required=True)


class EnableLearningRequest(strict.Object):
    """Sets a learning active; lifts what a person disabled."""

    type = strict.Choice("enable_learning", required=True)
    request_id = RequestId()
    id = Uuid(required=True)


class EnterpriseScope(strict.Object):
    """Applies to one enterprise."""

    level = strict.Choice("enterprise", required=True)
    name = ShortText(required=True)


class ErrorCode(strict.Choice):
    """What went wrong."""

    choices = (
        "invalid_message",
        "message_too_large",
        "rate_limited",
        "too_many_topics",
        "not_found",
        "unavailable",
        "forbidden",
        "internal",
    )


class ErrorMessage(strict.Object):
    """One request or one topic failed; the connection stays open."""

    type = strict.Choice("error", required=True)
    code = ErrorCode(required=True)
    message = strict.String(required=True, validate=[strict.Characters(max=4000)])
    topic = DashboardTopic()
    details = strict.List(strict.Nested(lambda: Fault))
    retry_after_ms = strict.Integer(validate=[strict.Within(min=0, max=3600000)])
    request_id = RequestId()


class EventFault(strict.Object):
    """What is wrong at one place of one event."""

    index = Count(required=True)
    path = strict.String(required=True, validate=[strict.Characters(max=4096)])
    message = strict.String(required=True, validate=[strict.Characters(max=4000)])


class Scope(strict.Union):
    """Where a learning or session belongs; the level decides the variant."""

    tag = "level"
    variants = {
        "global": lambda: GlobalScope,
        "user": lambda: UserScope,
        "project": lambda: ProjectScope,
        "enterprise": lambda: EnterpriseScope,
    }


class LearningCategory(strict.Choice):
    """What kind of thing was learned."""

    choices = (
        "correction",
        "code_pattern",
        "preference",
        "solution",
        "error_recovery",
        "tool_usage",
        "harness_knowledge",
    )


class ExtractedLearning(strict.Object):
    """What was learned."""

    id = Uuid(required=True)
    scope = Scope(required=True)
    category = LearningCategory(required=True)
    content = LearningContent(required=True)
    confidence = Fraction(required=True)
    extraction_method = ShortText(required=True)
    source_session = SessionId()


class Fault(strict.Object):
    """What is wrong at one place of a message."""

    path = strict.String(required=True, validate=[strict.Characters(max=4096)])
    message = strict.String(required=True, validate=[strict.Characters(max=4000)])


class GlobalScope(strict.Object):
    """Applies everywhere."""

    level = strict.Choice("global", required=True)


class GoodbyeMessage(strict.Object):
    """Precedes every close by the server."""

    type = strict.Choice("goodbye", required=True)
    code = strict.Integer(required=True, validate=[strict.Within(min=1000, max=4999)])
    reason = LongText(required=True)
    retry = strict.Nested(lambda: RetryWindow)


class HealthData(strict.Object):
    """State of the components and of the adaptive parameters."""

    data_type = strict.Choice("health", required=True)
    overall_status = ComponentStatus(required=True)
    components = strict.List(strict.Nested(lambda: ComponentHealth), required=True)
    adaptive_params = strict.List(strict.Nested(lambda: AdaptiveParam), required=True)
    recent_activity = strict.List(strict.Nested(lambda: ComponentReport), required=True)


class HealthTopic(strict.Object):
    """Whether the pipeline works."""

    topic = strict.Choice("health", required=True)


class HeartbeatMessage(strict.Object):
    """Sent after a silence, so that the client can tell a quiet server from a dead one."""

    type = strict.Choice("heartbeat", required=True)
    server_time = Timestamp(required=True)


class HeldTopic(strict.Object):
    """A topic and the version that the client holds of it."""

    topic = DashboardTopic(required=True)
    version = Version(required=True)


class IngestEvent(strict.Union):
    """Every fact that a pipeline may push in."""

    tag = "type"
    variants = {
        "session_started": lambda: SessionStartedEvent,
        "session_assessed": lambda: SessionAssessedEvent,
        "learning_extracted": lambda: LearningExtractedEvent,
        "learning_status_changed": lambda: LearningStatusChangedEvent,
        "learning_deleted": lambda: LearningDeletedEvent,
        "attribution_recorded": lambda: AttributionRecordedEvent,
        "ablation_updated": lambda: AblationUpdatedEvent,
        "strategy_outcome": lambda: StrategyOutcomeEvent,
        "adaptive_param_updated": lambda: AdaptiveParamUpdatedEvent,
        "component_reported": lambda: ComponentReportedEvent,
    }


class IngestResult(strict.Object):
    """The events are stored; an event known before counts as a duplicate."""

    accepted = Count(required=True)
    duplicates = Count(required=True)


class LearningBrief(strict.Object):
    """One learning as it stands in a list."""

    id = Uuid(required=True)
    content = LearningContent(required=True)
    category = LearningCategory(required=True)
    scope = Scope(required=True)
    status = LearningStatus(required=True)
    estimated_value = SignedFraction(required=True)
    confidence = Fraction(required=True)
    session_count = Count(required=True)
    created_at = Timestamp(required=True)


class LearningDeletedEvent(strict.Object):
    """A learning was deleted for good."""

    event_id = Uuid(required=True)
    type = strict.Choice("learning_deleted", required=True)
    occurred_at = Timestamp(required=True)
    learning_id = Uuid(required=True)


class LearningDetailData(strict.Object):
    """One learning with its evidence."""

    data_type = strict.Choice("learning_detail", required=True)
    id = Uuid(required=True)
    content = LearningContent(required=True)
    category = LearningCategory(required=True)
    scope = Scope(required=True)
    status = LearningStatus(required=True)
    status_reason = LongText(allow_none=True, required=True)
    estimated_value = SignedFraction(required=True)
    confidence = Fraction(required=True)
    session_count = Count(required=True)
    created_at = Timestamp(required=True)
    times_injected = Count(required=True)
    activation_rate = Fraction(required=True)
    temporal_value = SignedFraction(required=True)
    temporal_confidence = Fraction(required=True)
    ablation = strict.Nested(lambda: AblationSummary, required=True)
    source_session = SessionId(allow_none=True, required=True)
    extraction_method = ShortText(required=True)
    history = strict.List(strict.Nested(lambda: ContributionPoint), required=True)


class LearningDetailTopic(strict.Object):
    """Everything about one learning."""

    topic = strict.Choice("learning_detail", required=True)
    id = Uuid(required=True)


class LearningExtractedEvent(strict.Object):
    """Something was learned."""

    event_id = Uuid(required=True)
    type = strict.Choice("learning_extracted", required=True)
    occurred_at = Timestamp(required=True)
    learning = strict.Nested(lambda: ExtractedLearning, required=True)


class LearningStatusChangedEvent(strict.Object):
    """The pipeline set a learning's status."""

    event_id = Uuid(required=True)
    type = strict.Choice("learning_status_changed", required=True)
    occurred_at = Timestamp(required=True)
    learning_id = Uuid(required=True)
    status = LearningStatus(required=True)
    reason = LongText()


class LearningsData(strict.Object):
    """One page of learnings."""

    data_type = strict.Choice("learnings", required=True)
    learnings = strict.List(strict.Nested(lambda: LearningBrief), required=True)
    total = Count(required=True)


class LearningsFilters(strict.Object):
    """What a learning must match; what is absent matches all."""

    scope = strict.Nested(lambda: ScopeFilter)
    category = LearningCategory()
    status = LearningStatus()
    search = ShortText()


class LearningsSort(strict.Choice):
    """By estimated value, confidence, session count (usage) or creation time (recency), highest or newest first; ties by id."""

    choices = (
        "value",
        "confidence",
        "usage",
        "recency",
    )


class LearningsTopic(strict.Object):
    """The list of learnings, filtered, sorted and paged."""

    topic = strict.Choice("learnings", required=True)
    filters = strict.Nested(lambda: LearningsFilters)
    sort = LearningsSort()
    limit = strict.Integer(validate=[strict.Within(min=1, max=500)])
    offset = strict.Integer(validate=[strict.Within(min=0, max=1000000)])


class MoveOperation(strict.Object):
    """Moves a value."""

    op = strict.Choice("move", required=True)
    path = PatchPath(required=True)
    from_ = PatchPath(data_key="from", attribute="from", required=True)


class OverviewAttribution(strict.Object):
    """What helps and what hurts, over all time."""

    top_contributors = strict.List(strict.Nested(lambda: TopContributor), required=True)
    under_review_count = Count(required=True)
    negative_count = Count(required=True)


class OverviewData(strict.Object):
    """The overview's figures."""

    data_type = strict.Choice("overview", required=True)
    trends = strict.Nested(lambda: OverviewTrends, required=True)
    learnings = strict.Nested(lambda: OverviewLearnings, required=True)
    attribution = strict.Nested(lambda: OverviewAttribution, required=True)
    health = strict.Nested(lambda: OverviewHealth, required=True)


class OverviewHealth(strict.Object):
    """Health of the pipeline in four figures."""

    overall_status = ComponentStatus(required=True)
    assessment_coverage = Fraction(allow_none=True, required=True)
    ablation_coverage = Fraction(allow_none=True, required=True)
    last_activity = Timestamp(allow_none=True, required=True)


class OverviewLearnings(strict.Object):
    """How many learnings there are, by kind, and the newest."""

    total = Count(required=True)
    active = Count(required=True)
    by_category = strict.Record(Count(), LearningCategory(), required=True)
    by_status = strict.Record(Count(), LearningStatus(), required=True)
    recent = strict.List(strict.Nested(lambda: LearningBrief), required=True)


class OverviewTopic(strict.Object):
    """What has been learned and whether it helps, on one page."""

    topic = strict.Choice("overview", required=True)


class OverviewTrends(strict.Object):
    """Session scores of the last seven UTC days."""

    sparkline = strict.List(strict.Nested(lambda: ScorePoint), required=True)
    improvement = strict.Number(
        allow_none=True, required=True, validate=[strict.Within(min=-1000000000, max=1000000000)]
    )
    direction = TrendDirection(required=True)
    session_count = Count(required=True)
    period_days = strict.Choice(7, required=True)


class PatchOperation(strict.Union):
    """One operation of RFC 6902; test and copy are never sent."""

    tag = "op"
    variants = {
        "add": lambda: AddOperation,
        "remove": lambda: RemoveOperation,
        "replace": lambda: ReplaceOperation,
        "move": lambda: MoveOperation,
    }


class Period(strict.Object):
    """The N UTC days that end with today's."""

    days = strict.Integer(required=True, validate=[strict.Within(min=1, max=365)])


class PingRequest(strict.Object):
    """Asks for a pong."""

    type = strict.Choice("ping", required=True)
    request_id = RequestId()


class PongMessage(strict.Object):
    """Answers a ping."""

    type = strict.Choice("pong", required=True)
    request_id = RequestId()


class Problem(strict.Object):
    """An error, as RFC 9457 has it."""

    type = strict.String(required=True, validate=[strict.Characters(max=200)])
    title = strict.String(required=True, validate=[strict.Characters(max=200)])
    status = strict.Integer(required=True, validate=[strict.Within(min=400, max=599)])
    detail = strict.String(validate=[strict.Characters(max=4000)])
    code = ErrorCode()
    details = strict.List(strict.Nested(lambda: Fault))
    errors = strict.List(strict.Nested(lambda: EventFault))


class ProjectScope(strict.Object):
    """Applies to one project."""

    level = strict.Choice("project", required=True)
    name = ShortText(required=True)


class RemoveOperation(strict.Object):
    """Removes the value."""

    op = strict.Choice("remove", required=True)
    path = PatchPath(required=True)


class ReplaceOperation(strict.Object):
    """Replaces the value."""

    op = strict.Choice("replace", required=True)
    path = PatchPath(required=True)
    value = strict.Anything(required=True)


class ResumeRequest(strict.Object):
    """Asks to go on from the states that the client holds."""

    type = strict.Choice("resume", required=True)
    request_id = RequestId()
    subscriptions = strict.List(strict.Nested(lambda: HeldTopic), required=True, validate=[strict.Items(min=1, max=64)])


class RetryWindow(strict.Object):
    """Bounds of the client's back-off."""

    min_ms = strict.Integer(required=True, validate=[strict.Within(min=0, max=3600000)])
    max_ms = strict.Integer(required=True, validate=[strict.Within(min=0, max=3600000)])


class Role(strict.Choice):
    """What a connection may do; a viewer reads, an operator may act on learnings."""

    choices = (
        "viewer",
        "operator",
    )


class SchemaHash(strict.String):
    """Hash of the message definitions without their prose."""

    rules = [strict.Pattern("^[0-9a-f]{12}$")]


class ScopeLevel(strict.Choice):
    """The level of a scope."""

    choices = (
        "global",
        "user",
        "project",
        "enterprise",
    )


class ScopeFilter(strict.Object):
    """Scopes of a level, or the one scope of that level and name."""

    level = ScopeLevel(required=True)
    name = ShortText()


class ScorePoint(strict.Object):
    """One UTC day of session scores."""

    date = CalendarDate(required=True)
    mean_score = Fraction(allow_none=True, required=True)
    session_count = Count(required=True)


class SessionOutcome(strict.Choice):
    """How a session ended, as judged by the assessment."""

    choices = (
        "success",
        "partial",
        "failure",
        "abandoned",
    )


class SessionAssessedEvent(strict.Object):
    """A session was judged."""

    event_id = Uuid(required=True)
    type = strict.Choice("session_assessed", required=True)
    occurred_at = Timestamp(required=True)
    session_id = SessionId(required=True)
    outcome = SessionOutcome(required=True)
    score = Fraction()
    title = ShortText()


class SessionContribution(strict.Object):
    """What one learning contributed to a session."""

    learning_id = Uuid(required=True)
    content = LearningContent(required=True)
    contribution = SignedFraction(required=True)


class SessionStartedEvent(strict.Object):
    """A session began."""

    event_id = Uuid(required=True)
    type = strict.Choice("session_started", required=True)
    occurred_at = Timestamp(required=True)
    session_id = SessionId(required=True)
    scope = Scope()
    title = ShortText()


class SessionTimelineData(strict.Object):
    """Sessions of the period, newest first."""

    data_type = strict.Choice("session_timeline", required=True)
    period_days = strict.Integer(required=True, validate=[strict.Within(min=1, max=365)])
    sessions = strict.List(strict.Nested(lambda: TimelineSession), required=True)
    total = Count(required=True)


class SessionTimelineTopic(strict.Object):
    """The assessed sessions of a period and what the learnings contributed."""

    topic = strict.Choice("session_timeline", required=True)
    period = strict.Nested(lambda: Period)
    limit = strict.Integer(validate=[strict.Within(min=1, max=500)])


class TopicData(strict.Union):
    """The state of a topic; data_type is the topic's name."""

    tag = "data_type"
    variants = {
        "attribution": lambda: AttributionData,
        "health": lambda: HealthData,
        "learning_detail": lambda: LearningDetailData,
        "learnings": lambda: LearningsData,
        "overview": lambda: OverviewData,
        "session_timeline": lambda: SessionTimelineData,
        "strategy_distributions": lambda: StrategyDistributionsData,
        "strategy_overrides": lambda: StrategyOverridesData,
    }


class SnapshotReason(strict.Choice):
    """Why a snapshot and not something smaller; first state, outside the history, connection was slow, patch too large."""

    choices = (
        "initial",
        "expired",
        "slow",
        "too_large",
    )


class SnapshotMessage(strict.Object):
    """The whole state of a topic."""

    type = strict.Choice("snapshot", required=True)
    topic = DashboardTopic(required=True)
    version = Version(required=True)
    data = TopicData(required=True)
    reason = SnapshotReason()


class StrategyDistribution(strict.Object):
    """Weights of the variants for one category in one context."""

    category = LearningCategory(required=True)
    context_type = ContextType(required=True)
    session_count = Count(required=True)
    weights = strict.List(strict.Nested(lambda: VariantWeight), required=True)


class StrategyDistributionsData(strict.Object):
    """The learned distributions over variants."""

    data_type = strict.Choice("strategy_distributions", required=True)
    distributions = strict.List(strict.Nested(lambda: StrategyDistribution), required=True)
    specialized_count = Count(required=True)
    total_learnings = Count(required=True)


class StrategyDistributionsTopic(strict.Object):
    """How learnings of each category are injected in each context."""

    topic = strict.Choice("strategy_distributions", required=True)


class StrategyVariant(strict.Choice):
    """How a learning is injected into a session."""

    choices = (
        "main_context",
        "subagent",
        "background_subagent",
        "deferred",
    )


class StrategyOutcomeEvent(strict.Object):
    """A way to inject a learning worked or did not."""

    event_id = Uuid(required=True)
    type = strict.Choice("strategy_outcome", required=True)
    occurred_at = Timestamp(required=True)
    learning_id = Uuid(required=True)
    session_id = SessionId(required=True)
    context_type = ContextType(required=True)
    variant = StrategyVariant(required=True)
    value = SignedFraction(required=True)
    confidence = Fraction(required=True)


class StrategyOverride(strict.Object):
    """One learning's own weights beside its category's."""

    learning_id = Uuid(required=True)
    content = LearningContent(required=True)
    category = LearningCategory(required=True)
    session_count = Count(required=True)
    is_specialized = strict.Boolean(required=True)
    weights = strict.List(strict.Nested(lambda: VariantWeight), required=True)
    base_weights = strict.List(strict.Nested(lambda: VariantWeight), required=True)
    sessions_to_specialize = strict.Integer(required=True, validate=[strict.Within(min=0, max=20)])


class StrategyOverridesData(strict.Object):
    """The learnings with outcomes from the most sessions."""

    data_type = strict.Choice("strategy_overrides", required=True)
    overrides = strict.List(strict.Nested(lambda: StrategyOverride), required=True)
    total = Count(required=True)


class StrategyOverridesTopic(strict.Object):
    """How single learnings depart from their category's strategy."""

    topic = strict.Choice("strategy_overrides", required=True)
    limit = strict.Integer(validate=[strict.Within(min=1, max=500)])


class SubscribeRequest(strict.Object):
    """Asks for a snapshot of each topic and then for its changes."""

    type = strict.Choice("subscribe", required=True)
    request_id = RequestId()
    topics = strict.List(DashboardTopic(), required=True, validate=[strict.Items(min=1, max=64)])


class SubscribedMessage(strict.Object):
    """The subscriptions stand."""

    type = strict.Choice("subscribed", required=True)
    topics = strict.List(DashboardTopic(), required=True)
    request_id = RequestId()


class TimelineSession(strict.Object):
    """One assessed session."""

    session_id = SessionId(required=True)
    title = ShortText(allow_none=True, required=True)
    assessed_at = Timestamp(required=True)
    score = Fraction(required=True)
    outcome = SessionOutcome(required=True)
    learnings_activated = Count(required=True)
    contributions = strict.List(strict.Nested(lambda: SessionContribution), required=True)
    warning = LongText(allow_none=True, required=True)


class TopContributor(strict.Object):
    """A learning and its value."""

    learning_id = Uuid(required=True)
    content = LearningContent(required=True)
    estimated_value = SignedFraction(required=True)
    confidence = Fraction(required=True)


class UnsubscribeRequest(strict.Object):
    """Ends subscriptions; unknown ones are ignored."""

    type = strict.Choice("unsubscribe", required=True)
    request_id = RequestId()
    topics = strict.List(DashboardTopic(), required=True, validate=[strict.Items(min=1, max=64)])


class UnsubscribedMessage(strict.Object):
    """The subscriptions have ended."""

    type = strict.Choice("unsubscribed", required=True)
    topics = strict.List(DashboardTopic(), required=True)
    request_id = RequestId()


class UpdateMessage(strict.Object):
    """Turns the state base into the state version."""

    type = strict.Choice("update", required=True)
    topic = DashboardTopic(required=True)
    base = Version(required=True)
    version = Version(required=True)
    patch = strict.List(PatchOperation(), required=True)


class UserScope(strict.Object):
    """Applies to one user."""

    level = strict.Choice("user", required=True)
    name = ShortText(required=True)


class VariantWeight(strict.Object):
    """How likely a variant is chosen."""

    variant = StrategyVariant(required=True)
    weight = Fraction(required=True)


class WelcomeMessage(strict.Object):
    """The handshake is done; requests may be sent."""

    type = strict.Choice("welcome", required=True)
    protocol_version = strict.Integer(required=True, validate=[strict.Within(min=1, max=1000)])
    schema_hash = SchemaHash(required=True)
    server_version = ShortText(required=True)
    server_time = Timestamp(required=True)
    heartbeat_seconds = strict.Number(required=True, validate=[strict.Within(min=0, max=3600)])
    roles = strict.List(Role(), required=True)
    limits = strict.Nested(lambda: ConnectionLimits, required=True)
    retry = strict.Nested(lambda: RetryWindow, required=True)
    request_id = RequestId()


_FIELDS: Final[dict[str, fields.Field[object]]] = {
    "AblationCoverage": strict.Nested(lambda: AblationCoverage),
    "AblationState": AblationState(),
    "AblationSummary": strict.Nested(lambda: AblationSummary),
    "AblationUpdatedEvent": strict.Nested(lambda: AblationUpdatedEvent),
    "ActionResult": strict.Nested(lambda: ActionResult),
    "ActionResultMessage": strict.Nested(lambda: ActionResultMessage),
    "AdaptiveParam": strict.Nested(lambda: AdaptiveParam),
    "AdaptiveParamUpdatedEvent": strict.Nested(lambda: AdaptiveParamUpdatedEvent),
    "AddOperation": strict.Nested(lambda: AddOperation),
    "AttributionData": strict.Nested(lambda: AttributionData),
    "AttributionRecordedEvent": strict.Nested(lambda: AttributionRecordedEvent),
    "AttributionTopic": strict.Nested(lambda: AttributionTopic),
    "AuthenticateRequest": strict.Nested(lambda: AuthenticateRequest),
    "BatchMessage": strict.Nested(lambda: BatchMessage),
    "BatchedMessage": BatchedMessage(),
    "CalendarDate": CalendarDate(),
    "Component": Component(),
    "ComponentHealth": strict.Nested(lambda: ComponentHealth),
    "ComponentReport": strict.Nested(lambda: ComponentReport),
    "ComponentReportedEvent": strict.Nested(lambda: ComponentReportedEvent),
    "ComponentStatus": ComponentStatus(),
    "ConnectionLimits": strict.Nested(lambda: ConnectionLimits),
    "ContextType": ContextType(),
    "ContributionPoint": strict.Nested(lambda: ContributionPoint),
    "ContributorRow": strict.Nested(lambda: ContributorRow),
    "Count": Count(),
    "CurrentMessage": strict.Nested(lambda: CurrentMessage),
    "DashboardMessage": DashboardMessage(),
    "DashboardRequest": DashboardRequest(),
    "DashboardTopic": DashboardTopic(),
    "DeleteLearningRequest": strict.Nested(lambda: DeleteLearningRequest),
    "DisableLearningRequest": strict.Nested(lambda: DisableLearningRequest),
    "EnableLearningRequest": strict.Nested(lambda: EnableLearningRequest),
    "EnterpriseScope": strict.Nested(lambda: EnterpriseScope),
    "ErrorCode": ErrorCode(),
    "ErrorMessage": strict.Nested(lambda: ErrorMessage),
    "EventFault": strict.Nested(lambda: EventFault),
    "ExtractedLearning": strict.Nested(lambda: ExtractedLearning),
    "Fault": strict.Nested(lambda: Fault),
    "Fraction": Fraction(),
    "GlobalScope": strict.Nested(lambda: GlobalScope),
    "GoodbyeMessage": strict.Nested(lambda: GoodbyeMessage),
    "HealthData": strict.Nested(lambda: HealthData),
    "HealthTopic": strict.Nested(lambda: HealthTopic),
    "HeartbeatMessage": strict.Nested(lambda: HeartbeatMessage),
    "HeldTopic": strict.Nested(lambda: HeldTopic),
    "IngestEvent": IngestEvent(),
    "IngestResult": strict.Nested(lambda: IngestResult),
    "LearningAction": LearningAction(),
    "LearningBrief": strict.Nested(lambda: LearningBrief),
    "LearningCategory": LearningCategory(),
    "LearningContent": LearningContent(),
    "LearningDeletedEvent": strict.Nested(lambda: LearningDeletedEvent),
    "LearningDetailData": strict.Nested(lambda: LearningDetailData),
    "LearningDetailTopic": strict.Nested(lambda: LearningDetailTopic),
    "LearningExtractedEvent": strict.Nested(lambda: LearningExtractedEvent),
    "LearningStatus": LearningStatus(),
    "LearningStatusChangedEvent": strict.Nested(lambda: LearningStatusChangedEvent),
    "LearningsData": strict.Nested(lambda: LearningsData),
    "LearningsFilters": strict.Nested(lambda: LearningsFilters),
    "LearningsSort": LearningsSort(),
    "LearningsTopic": strict.Nested(lambda: LearningsTopic),
    "LongText": LongText(),
    "MoveOperation": strict.Nested(lambda: MoveOperation),
    "OverviewAttribution": strict.Nested(lambda: OverviewAttribution),
    "OverviewData": strict.Nested(lambda: OverviewData),
    "OverviewHealth": strict.Nested(lambda: OverviewHealth),
    "OverviewLearnings": strict.Nested(lambda: OverviewLearnings),
    "OverviewTopic": strict.Nested(lambda: OverviewTopic),
    "OverviewTrends": strict.Nested(lambda: OverviewTrends),
    "PatchOperation": PatchOperation(),
    "PatchPath": PatchPath(),
    "Period": strict.Nested(lambda: Period),
    "PingRequest": strict.Nested(lambda: PingRequest),
    "PongMessage": strict.Nested(lambda: PongMessage),
    "Problem": strict.Nested(lambda: Problem),
    "ProjectScope": strict.Nested(lambda: ProjectScope),
    "Quantity": Quantity(),
    "RemoveOperation": strict.Nested(lambda: RemoveOperation),
    "ReplaceOperation": strict.Nested(lambda: ReplaceOperation),
    "ReportedStatus": ReportedStatus(),
    "RequestId": RequestId(),
    "ResumeRequest": strict.Nested(lambda: ResumeRequest),
    "RetryWindow": strict.Nested(lambda: RetryWindow),
    "Role": Role(),
    "SchemaHash": SchemaHash(),
    "Scope": Scope(),
    "ScopeFilter": strict.Nested(lambda: ScopeFilter),
    "ScopeLevel": ScopeLevel(),
    "ScorePoint": strict.Nested(lambda: ScorePoint),
    "SessionAssessedEvent": strict.Nested(lambda: SessionAssessedEvent),
    "SessionContribution": strict.Nested(lambda: SessionContribution),
    "SessionId": SessionId(),
    "SessionOutcome": SessionOutcome(),
    "SessionStartedEvent": strict.Nested(lambda: SessionStartedEvent),
    "SessionTimelineData": strict.Nested(lambda: SessionTimelineData),
    "SessionTimelineTopic": strict.Nested(lambda: SessionTimelineTopic),
    "ShortText": ShortText(),
    "SignedFraction": SignedFraction(),
    "SnapshotMessage": strict.Nested(lambda: SnapshotMessage),
    "SnapshotReason": SnapshotReason(),
    "StrategyDistribution": strict.Nested(lambda: StrategyDistribution),
    "StrategyDistributionsData": strict.Nested(lambda: StrategyDistributionsData),
    "StrategyDistributionsTopic": strict.Nested(lambda: StrategyDistributionsTopic),
    "StrategyOutcomeEvent": strict.Nested(lambda: StrategyOutcomeEvent),
    "StrategyOverride": strict.Nested(lambda: StrategyOverride),
    "StrategyOverridesData": strict.Nested(lambda: StrategyOverridesData),
    "StrategyOverridesTopic": strict.Nested(lambda: StrategyOverridesTopic),
    "StrategyVariant": StrategyVariant(),
    "SubscribeRequest": strict.Nested(lambda: SubscribeRequest),
    "SubscribedMessage": strict.Nested(lambda: SubscribedMessage),
    "TimelineSession": strict.Nested(lambda: TimelineSession),
    "Timestamp": Timestamp(),
    "TopContributor": strict.Nested(lambda: TopContributor),
    "TopicData": TopicData(),
    "TrendDirection": TrendDirection(),
    "UnsubscribeRequest": strict.Nested(lambda: UnsubscribeRequest),
    "UnsubscribedMessage": strict.Nested(lambda: UnsubscribedMessage),
    "UpdateMessage": strict.Nested(lambda: UpdateMessage),
    "UserScope": strict.Nested(lambda: UserScope),
    "Uuid": Uuid(),
    "VariantWeight": strict.Nested(lambda: VariantWeight),
    "Version": Version(),
    "WelcomeMessage": strict.Nested(lambda: WelcomeMessage),
}


def load(definition: str, value: object) -> object:
    """The value, if the definition of that name allows it; KeyError where there is no such definition."""
    return _FIELDS[definition].deserialize(value)


def load_dashboard_request(value: object) -> types.DashboardRequest:
    """The value, if DashboardRequest allows it."""
    result: types.DashboardRequest = _FIELDS["DashboardRequest"].deserialize(value)  # type: ignore[assignment]
    return result


def load_dashboard_message(value: object) -> types.DashboardMessage:
    """The value, if DashboardMessage allows it."""
    result: types.DashboardMessage = _FIELDS["DashboardMessage"].deserialize(value)  # type: ignore[assignment]
    return result


def load_dashboard_topic(value: object) -> types.DashboardTopic:
    """The value, if DashboardTopic allows it."""
    result: types.DashboardTopic = _FIELDS["DashboardTopic"].deserialize(value)  # type: ignore[assignment]
    return result


def load_topic_data(value: object) -> types.TopicData:
    """The value, if TopicData allows it."""
    result: types.TopicData = _FIELDS["TopicData"].deserialize(value)  # type: ignore[assignment]
    return result


def load_ingest_event(value: object) -> types.IngestEvent:
    """The value, if IngestEvent allows it."""
    result: types.IngestEvent = _FIELDS["IngestEvent"].deserialize(value)  # type: ignore[assignment]
    return result
