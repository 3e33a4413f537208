# Generated from shared-schema by `make schema`. Do not edit.
# ruff: noqa

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypeAlias

from typing_extensions import TypedDict

AblationState: TypeAlias = Literal['pending', 'in_progress', 'completed']


CalendarDate: TypeAlias = str


Component: TypeAlias = Literal['assessment', 'extraction', 'attribution', 'strategy']


ComponentStatus: TypeAlias = Literal['ok', 'degraded', 'error', 'unknown']


ContextType: TypeAlias = Literal['interactive', 'batch', 'code_review', 'planning']


Count: TypeAlias = int


ErrorCode: TypeAlias = Literal['invalid_message', 'message_too_large', 'rate_limited', 'too_many_topics', 'not_found', 'unavailable', 'forbidden', 'internal']


class EventFault(TypedDict, closed=True):
    """
    What is wrong at one place of one event.
    """

    index: Count
    path: str
    message: str


class Fault(TypedDict, closed=True):
    """
    What is wrong at one place of a message.
    """

    path: str
    message: str


Fraction: TypeAlias = float


class GlobalScope(TypedDict, closed=True):
    """
    Applies everywhere.
    """

    level: Literal['global']


class HealthTopic(TypedDict, closed=True):
    """
    Whether the pipeline works.
    """

    topic: Literal['health']


class IngestResult(TypedDict, closed=True):
    """
    The events are stored; an event known before counts as a duplicate.
    """

    accepted: Count
    duplicates: Count


LearningAction: TypeAlias = Literal['enable_learning', 'disable_learning', 'delete_learning']


LearningCategory: TypeAlias = Literal['correction', 'code_pattern', 'preference', 'solution', 'error_recovery', 'tool_usage', 'harness_knowledge']


LearningContent: TypeAlias = str


LearningStatus: TypeAlias = Literal['active', 'disabled', 'under_review', 'deprecated']


LearningsSort: TypeAlias = Literal['value', 'confidence', 'usage', 'recency']


LongText: TypeAlias = str


class OverviewTopic(TypedDict, closed=True):
    """
    What has been learned and whether it helps, on one page.
    """

    topic: Literal['overview']


PatchPath: TypeAlias = str


class Period(TypedDict, closed=True):
    """
    The N UTC days that end with today's.
    """

    days: int


class Problem(TypedDict, closed=True):
    """
    An error, as RFC 9457 has it.
    """

    type: str
    title: str
    status: int
    detail: NotRequired[str]
    code: NotRequired[ErrorCode]
    details: NotRequired[list[Fault]]
    errors: NotRequired[list[EventFault]]


Quantity: TypeAlias = float


class RemoveOperation(TypedDict, closed=True):
    """
    Removes the value.
    """

    op: Literal['remove']
    path: PatchPath


class ReplaceOperation(TypedDict, closed=True):
    """
    Replaces the value.
    """

    op: Literal['replace']
    path: PatchPath
    value: Any


ReportedStatus: TypeAlias = Literal['ok', 'degraded', 'error']


RequestId: TypeAlias = str


class RetryWindow(TypedDict, closed=True):
    """
    Bounds of the client's back-off.
    """

    min_ms: int
    max_ms: int


Role: TypeAlias = Literal['viewer', 'operator']


SchemaHash: TypeAlias = str


ScopeLevel: TypeAlias = Literal['global', 'user', 'project', 'enterprise']


class ScorePoint(TypedDict, closed=True):
    """
    One UTC day of session scores.
    """

    date: CalendarDate
    mean_score: Fraction | None
    session_count: Count


SessionId: TypeAlias = str


SessionOutcome: TypeAlias = Literal['success', 'partial', 'failure', 'abandoned']


class SessionTimelineTopic(TypedDict, closed=True):
    """
    The assessed sessions of a period and what the learnings contributed.
    """

    topic: Literal['session_timeline']
    period: NotRequired[Period]
    limit: NotRequired[int]


ShortText: TypeAlias = str


SignedFraction: TypeAlias = float


SnapshotReason: TypeAlias = Literal['initial', 'expired', 'slow', 'too_large']


class StrategyDistributionsTopic(TypedDict, closed=True):
    """
    How learnings of each category are injected in each context.
    """

    topic: Literal['strategy_distributions']


class StrategyOverridesTopic(TypedDict, closed=True):
    """
    How single learnings depart from their category's strategy.
    """

    topic: Literal['strategy_overrides']
    limit: NotRequired[int]


StrategyVariant: TypeAlias = Literal['main_context', 'subagent', 'background_subagent', 'deferred']


Timestamp: TypeAlias = str


TrendDirection: TypeAlias = Literal['rising', 'stable', 'falling']


class UserScope(TypedDict, closed=True):
    """
    Applies to one user.
    """

    level: Literal['user']
    name: ShortText


Uuid: TypeAlias = str


class VariantWeight(TypedDict, closed=True):
    """
    How likely a variant is chosen.
    """

    variant: StrategyVariant
    weight: Fraction


Version: TypeAlias = str


class AblationCoverage(TypedDict, closed=True):
    """
    How many learnings have been through an ablation experiment, over all time; the three counts add up to all learnings.
    """

    coverage: Fraction | None
    completed: Count
    in_progress: Count
    pending: Count


class AblationSummary(TypedDict, closed=True):
    """
    The learning's ablation experiment; the latest completed one, else the latest in progress, else pending.
    """

    state: AblationState
    value: SignedFraction | None
    confidence: Fraction | None


class AblationUpdatedEvent(TypedDict, closed=True):
    """
    An ablation experiment made progress; a completed one needs value and confidence.
    """

    event_id: Uuid
    type: Literal['ablation_updated']
    occurred_at: Timestamp
    experiment_id: ShortText
    learning_id: Uuid
    state: AblationState
    value: NotRequired[SignedFraction]
    confidence: NotRequired[Fraction]


class ActionResult(TypedDict, closed=True):
    """
    The action is done and committed.
    """

    action: LearningAction
    id: Uuid


class ActionResultMessage(TypedDict, closed=True):
    """
    The action is done and committed.
    """

    type: Literal['action_result']
    action: LearningAction
    id: Uuid
    request_id: NotRequired[RequestId]


class AdaptiveParam(TypedDict, closed=True):
    """
    A parameter that the pipeline tunes by itself.
    """

    name: ShortText
    current_value: Quantity
    confidence: Fraction
    trend: TrendDirection
    history: list[Quantity]


class AdaptiveParamUpdatedEvent(TypedDict, closed=True):
    """
    A parameter tuned itself.
    """

    event_id: Uuid
    type: Literal['adaptive_param_updated']
    occurred_at: Timestamp
    name: ShortText
    value: Quantity
    confidence: Fraction


class AddOperation(TypedDict, closed=True):
    """
    Adds a value.
    """

    op: Literal['add']
    path: PatchPath
    value: Any


class AttributionRecordedEvent(TypedDict, closed=True):
    """
    A session's result was attributed to a learning; one per session and learning.
    """

    event_id: Uuid
    type: Literal['attribution_recorded']
    occurred_at: Timestamp
    session_id: SessionId
    learning_id: Uuid
    activated: bool
    withheld: NotRequired[bool]
    contribution: SignedFraction
    confidence: Fraction


class AttributionTopic(TypedDict, closed=True):
    """
    What helped and what hurt in a period.
    """

    topic: Literal['attribution']
    period: NotRequired[Period]


class AuthenticateRequest(TypedDict, closed=True):
    """
    Proves who the client is; sent again later it refreshes the token in place.
    """

    type: Literal['authenticate']
    request_id: NotRequired[RequestId]
    token: str


class ComponentHealth(TypedDict, closed=True):
    """
    State of one component.
    """

    component: Component
    status: ComponentStatus
    last_activity: Timestamp | None
    message: LongText | None
    coverage: Fraction | None
    item_count: Count


class ComponentReport(TypedDict, closed=True):
    """
    What a component said at a moment.
    """

    occurred_at: Timestamp
    component: Component
    status: ReportedStatus
    message: LongText


class ComponentReportedEvent(TypedDict, closed=True):
    """
    A component said how it is.
    """

    event_id: Uuid
    type: Literal['component_reported']
    occurred_at: Timestamp
    component: Component
    status: ReportedStatus
    message: LongText


class ConnectionLimits(TypedDict, closed=True):
    """
    What the server takes from one connection.
    """

    max_message_bytes: Count
    max_topics: Count
    messages_per_second: Count
    message_burst: Count


class ContributionPoint(TypedDict, closed=True):
    """
    One UTC day of a learning's activated records.
    """

    date: CalendarDate
    mean_contribution: SignedFraction | None
    session_count: Count


class ContributorRow(TypedDict, closed=True):
    """
    A learning's value in a period.
    """

    learning_id: Uuid
    content: LearningContent
    estimated_value: SignedFraction
    confidence: Fraction
    session_count: Count
    status: LearningStatus


class DeleteLearningRequest(TypedDict, closed=True):
    """
    Deletes a learning for good.
    """

    type: Literal['delete_learning']
    request_id: NotRequired[RequestId]
    id: Uuid


class DisableLearningRequest(TypedDict, closed=True):
    """
    Disables a learning; no event overwrites that.
    """

    type: Literal['disable_learning']
    request_id: NotRequired[RequestId]
    id: Uuid


class EnableLearningRequest(TypedDict, closed=True):
    """
    Sets a learning active; lifts what a person disabled.
    """

    type: Literal['enable_learning']
    request_id: NotRequired[RequestId]
    id: Uuid


class EnterpriseScope(TypedDict, closed=True):
    """
    Applies to one enterprise.
    """

    level: Literal['enterprise']
    name: ShortText


class GoodbyeMessage(TypedDict, closed=True):
    """
    Precedes every close by the server.
    """

    type: Literal['goodbye']
    code: int
    reason: LongText
    retry: NotRequired[RetryWindow]


class HealthData(TypedDict, closed=True):
    """
    State of the components and of the adaptive parameters.
    """

    data_type: Literal['health']
    overall_status: ComponentStatus
    components: list[ComponentHealth]
    adaptive_params: list[AdaptiveParam]
    recent_activity: list[ComponentReport]


class HeartbeatMessage(TypedDict, closed=True):
    """
    Sent after a silence, so that the client can tell a quiet server from a dead one.
    """

    type: Literal['heartbeat']
    server_time: Timestamp


class LearningDeletedEvent(TypedDict, closed=True):
    """
    A learning was deleted for good.
    """

    event_id: Uuid
    type: Literal['learning_deleted']
    occurred_at: Timestamp
    learning_id: Uuid


class LearningDetailTopic(TypedDict, closed=True):
    """
    Everything about one learning.
    """

    topic: Literal['learning_detail']
    id: Uuid


class LearningStatusChangedEvent(TypedDict, closed=True):
    """
    The pipeline set a learning's status.
    """

    event_id: Uuid
    type: Literal['learning_status_changed']
    occurred_at: Timestamp
    learning_id: Uuid
    status: LearningStatus
    reason: NotRequired[LongText]


MoveOperation = TypedDict(
    'MoveOperation',
    {
        'op': Literal['move'],
        'path': PatchPath,
        'from': PatchPath,
    },
    closed=True,
)


class OverviewHealth(TypedDict, closed=True):
    """
    Health of the pipeline in four figures.
    """

    overall_status: ComponentStatus
    assessment_coverage: Fraction | None
    ablation_coverage: Fraction | None
    last_activity: Timestamp | None


class OverviewTrends(TypedDict, closed=True):
    """
    Session scores of the last seven UTC days.
    """

    sparkline: list[ScorePoint]
    improvement: float | None
    direction: TrendDirection
    session_count: Count
    period_days: Literal[7]


PatchOperation: TypeAlias = AddOperation | RemoveOperation | ReplaceOperation | MoveOperation


class PingRequest(TypedDict, closed=True):
    """
    Asks for a pong.
    """

    type: Literal['ping']
    request_id: NotRequired[RequestId]


class PongMessage(TypedDict, closed=True):
    """
    Answers a ping.
    """

    type: Literal['pong']
    request_id: NotRequired[RequestId]


class ProjectScope(TypedDict, closed=True):
    """
    Applies to one project.
    """

    level: Literal['project']
    name: ShortText


Scope: TypeAlias = GlobalScope | UserScope | ProjectScope | EnterpriseScope


class ScopeFilter(TypedDict, closed=True):
    """
    Scopes of a level, or the one scope of that level and name.
    """

    level: ScopeLevel
    name: NotRequired[ShortText]


class SessionAssessedEvent(TypedDict, closed=True):
    """
    A session was judged.
    """

    event_id: Uuid
    type: Literal['session_assessed']
    occurred_at: Timestamp
    session_id: SessionId
    outcome: SessionOutcome
    score: NotRequired[Fraction]
    title: NotRequired[ShortText]


class SessionContribution(TypedDict, closed=True):
    """
    What one learning contributed to a session.
    """

    learning_id: Uuid
    content: LearningContent
    contribution: SignedFraction


class SessionStartedEvent(TypedDict, closed=True):
    """
    A session began.
    """

    event_id: Uuid
    type: Literal['session_started']
    occurred_at: Timestamp
    session_id: SessionId
    scope: NotRequired[Scope]
    title: NotRequired[ShortText]


class StrategyDistribution(TypedDict, closed=True):
    """
    Weights of the variants for one category in one context.
    """

    category: LearningCategory
    context_type: ContextType
    session_count: Count
    weights: list[VariantWeight]


class StrategyDistributionsData(TypedDict, closed=True):
    """
    The learned distributions over variants.
    """

    data_type: Literal['strategy_distributions']
    distributions: list[StrategyDistribution]
    specialized_count: Count
    total_learnings: Count


class StrategyOutcomeEvent(TypedDict, closed=True):
    """
    A way to inject a learning worked or did not.
    """

    event_id: Uuid
    type: Literal['strategy_outcome']
    occurred_at: Timestamp
    learning_id: Uuid
    session_id: SessionId
    context_type: ContextType
    variant: StrategyVariant
    value: SignedFraction
    confidence: Fraction


class StrategyOverride(TypedDict, closed=True):
    """
    One learning's own weights beside its category's.
    """

    learning_id: Uuid
    content: LearningContent
    category: LearningCategory
    session_count: Count
    is_specialized: bool
    weights: list[VariantWeight]
    base_weights: list[VariantWeight]
    sessions_to_specialize: int


class StrategyOverridesData(TypedDict, closed=True):
    """
    The learnings with outcomes from the most sessions.
    """

    data_type: Literal['strategy_overrides']
    overrides: list[StrategyOverride]
    total: Count


class TimelineSession(TypedDict, closed=True):
    """
    One assessed session.
    """

    session_id: SessionId
    title: ShortText | None
    assessed_at: Timestamp
    score: Fraction
    outcome: SessionOutcome
    learnings_activated: Count
    contributions: list[SessionContribution]
    warning: LongText | None


class TopContributor(TypedDict, closed=True):
    """
    A learning and its value.
    """

    learning_id: Uuid
    content: LearningContent
    estimated_value: SignedFraction
    confidence: Fraction


class WelcomeMessage(TypedDict, closed=True):
    """
    The handshake is done; requests may be sent.
    """

    type: Literal['welcome']
    protocol_version: int
    schema_hash: SchemaHash
    server_version: ShortText
    server_time: Timestamp
    heartbeat_seconds: float
    roles: list[Role]
    limits: ConnectionLimits
    retry: RetryWindow
    request_id: NotRequired[RequestId]


class AttributionData(TypedDict, closed=True):
    """
    The learnings' values in the period.
    """

    data_type: Literal['attribution']
    period_days: int
    top_contributors: list[ContributorRow]
    negative_impact: list[ContributorRow]
    ablation_coverage: AblationCoverage


class ExtractedLearning(TypedDict, closed=True):
    """
    What was learned.
    """

    id: Uuid
    scope: Scope
    category: LearningCategory
    content: LearningContent
    confidence: Fraction
    extraction_method: ShortText
    source_session: NotRequired[SessionId]


class LearningBrief(TypedDict, closed=True):
    """
    One learning as it stands in a list.
    """

    id: Uuid
    content: LearningContent
    category: LearningCategory
    scope: Scope
    status: LearningStatus
    estimated_value: SignedFraction
    confidence: Fraction
    session_count: Count
    created_at: Timestamp


class LearningDetailData(TypedDict, closed=True):
    """
    One learning with its evidence.
    """

    data_type: Literal['learning_detail']
    id: Uuid
    content: LearningContent
    category: LearningCategory
    scope: Scope
    status: LearningStatus
    status_reason: LongText | None
    estimated_value: SignedFraction
    confidence: Fraction
    session_count: Count
    created_at: Timestamp
    times_injected: Count
    activation_rate: Fraction
    temporal_value: SignedFraction
    temporal_confidence: Fraction
    ablation: AblationSummary
    source_session: SessionId | None
    extraction_method: ShortText
    history: list[ContributionPoint]


class LearningExtractedEvent(TypedDict, closed=True):
    """
    Something was learned.
    """

    event_id: Uuid
    type: Literal['learning_extracted']
    occurred_at: Timestamp
    learning: ExtractedLearning


class LearningsData(TypedDict, closed=True):
    """
    One page of learnings.
    """

    data_type: Literal['learnings']
    learnings: list[LearningBrief]
    total: Count


class LearningsFilters(TypedDict, closed=True):
    """
    What a learning must match; what is absent matches all.
    """

    scope: NotRequired[ScopeFilter]
    category: NotRequired[LearningCategory]
    status: NotRequired[LearningStatus]
    search: NotRequired[ShortText]


class LearningsTopic(TypedDict, closed=True):
    """
    The list of learnings, filtered, sorted and paged.
    """

    topic: Literal['learnings']
    filters: NotRequired[LearningsFilters]
    sort: NotRequired[LearningsSort]
    limit: NotRequired[int]
    offset: NotRequired[int]


class OverviewAttribution(TypedDict, closed=True):
    """
    What helps and what hurts, over all time.
    """

    top_contributors: list[TopContributor]
    under_review_count: Count
    negative_count: Count


class OverviewLearnings(TypedDict, closed=True):
    """
    How many learnings there are, by kind, and the newest.
    """

    total: Count
    active: Count
    by_category: dict[LearningCategory, Count]
    by_status: dict[LearningStatus, Count]
    recent: list[LearningBrief]


class SessionTimelineData(TypedDict, closed=True):
    """
    Sessions of the period, newest first.
    """

    data_type: Literal['session_timeline']
    period_days: int
    sessions: list[TimelineSession]
    total: Count


DashboardTopic: TypeAlias = AttributionTopic | HealthTopic | LearningDetailTopic | LearningsTopic | OverviewTopic | SessionTimelineTopic | StrategyDistributionsTopic | StrategyOverridesTopic


class ErrorMessage(TypedDict, closed=True):
    """
    One request or one topic failed; the connection stays open.
    """

    type: Literal['error']
    code: ErrorCode
    message: str
    topic: NotRequired[DashboardTopic]
    details: NotRequired[list[Fault]]
    retry_after_ms: NotRequired[int]
    request_id: NotRequired[RequestId]


class HeldTopic(TypedDict, closed=True):
    """
    A topic and the version that the client holds of it.
    """

    topic: DashboardTopic
    version: Version


IngestEvent: TypeAlias = SessionStartedEvent | SessionAssessedEvent | LearningExtractedEvent | LearningStatusChangedEvent | LearningDeletedEvent | AttributionRecordedEvent | AblationUpdatedEvent | StrategyOutcomeEvent | AdaptiveParamUpdatedEvent | ComponentReportedEvent


class OverviewData(TypedDict, closed=True):
    """
    The overview's figures.
    """

    data_type: Literal['overview']
    trends: OverviewTrends
    learnings: OverviewLearnings
    attribution: OverviewAttribution
    health: OverviewHealth


class ResumeRequest(TypedDict, closed=True):
    """
    Asks to go on from the states that the client holds.
    """

    type: Literal['resume']
    request_id: NotRequired[RequestId]
    subscriptions: list[HeldTopic]


class SubscribeRequest(TypedDict, closed=True):
    """
    Asks for a snapshot of each topic and then for its changes.
    """

    type: Literal['subscribe']
    request_id: NotRequired[RequestId]
    topics: list[DashboardTopic]


class SubscribedMessage(TypedDict, closed=True):
    """
    The subscriptions stand.
    """

    type: Literal['subscribed']
    topics: list[DashboardTopic]
    request_id: NotRequired[RequestId]


TopicData: TypeAlias = AttributionData | HealthData | LearningDetailData | LearningsData | OverviewData | SessionTimelineData | StrategyDistributionsData | StrategyOverridesData


class UnsubscribeRequest(TypedDict, closed=True):
    """
    Ends subscriptions; unknown ones are ignored.
    """

    type: Literal['unsubscribe']
    request_id: NotRequired[RequestId]
    topics: list[DashboardTopic]


class UnsubscribedMessage(TypedDict, closed=True):
    """
    The subscriptions have ended.
    """

    type: Literal['unsubscribed']
    topics: list[DashboardTopic]
    request_id: NotRequired[RequestId]


class UpdateMessage(TypedDict, closed=True):
    """
    Turns the state base into the state version.
    """

    type: Literal['update']
    topic: DashboardTopic
    base: Version
    version: Version
    patch: list[PatchOperation]


class CurrentMessage(TypedDict, closed=True):
    """
    What the client holds is the newest.
    """

    type: Literal['current']
    topic: DashboardTopic
    version: Version


DashboardRequest: TypeAlias = AuthenticateRequest | SubscribeRequest | ResumeRequest | UnsubscribeRequest | EnableLearningRequest | DisableLearningRequest | DeleteLearningRequest | PingRequest


class SnapshotMessage(TypedDict, closed=True):
    """
    The whole state of a topic.
    """

    type: Literal['snapshot']
    topic: DashboardTopic
    version: Version
    data: TopicData
    reason: NotRequired[SnapshotReason]


BatchedMessage: TypeAlias = SnapshotMessage | UpdateMessage | CurrentMessage | ErrorMessage


class BatchMessage(TypedDict, closed=True):
    """
    Several messages in one frame; apply all, then render once.
    """

    type: Literal['batch']
    messages: list[BatchedMessage]


DashboardMessage: TypeAlias = WelcomeMessage | SubscribedMessage | UnsubscribedMessage | SnapshotMessage | UpdateMessage | CurrentMessage | BatchMessage | ActionResultMessage | ErrorMessage | HeartbeatMessage | PongMessage | GoodbyeMessage


TopicName: TypeAlias = Literal['attribution', 'health', 'learning_detail', 'learnings', 'overview', 'session_timeline', 'strategy_distributions', 'strategy_overrides']
