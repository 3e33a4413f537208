/* Generated from shared-schema by `make schema`. Do not edit. */

/**
 * How far the ablation experiment of a learning has come; pending where there is none.
 */
export type AblationState = "pending" | "in_progress" | "completed";
/**
 * What may stand in a batch.
 */
export type BatchedMessage = SnapshotMessage | UpdateMessage | CurrentMessage | ErrorMessage;
/**
 * RFC 3339 full-date, a UTC day.
 */
export type CalendarDate = string;
/**
 * A part of the pipeline that reports its state.
 */
export type Component = "assessment" | "extraction" | "attribution" | "strategy";
/**
 * State of a component as shown; unknown where it never reported.
 */
export type ComponentStatus = "ok" | "degraded" | "error" | "unknown";
/**
 * What kind of session a learning is injected into.
 */
export type ContextType = "interactive" | "batch" | "code_review" | "planning";
/**
 * How many there are.
 */
export type Count = number;
/**
 * Every message that the server may send.
 */
export type DashboardMessage =
  | WelcomeMessage
  | SubscribedMessage
  | UnsubscribedMessage
  | SnapshotMessage
  | UpdateMessage
  | CurrentMessage
  | BatchMessage
  | ActionResultMessage
  | ErrorMessage
  | HeartbeatMessage
  | PongMessage
  | GoodbyeMessage;
/**
 * Every message that a client may send.
 */
export type DashboardRequest =
  | AuthenticateRequest
  | SubscribeRequest
  | ResumeRequest
  | UnsubscribeRequest
  | EnableLearningRequest
  | DisableLearningRequest
  | DeleteLearningRequest
  | PingRequest;
/**
 * What a client may subscribe to.
 */
export type DashboardTopic =
  | AttributionTopic
  | HealthTopic
  | LearningDetailTopic
  | LearningsTopic
  | OverviewTopic
  | SessionTimelineTopic
  | StrategyDistributionsTopic
  | StrategyOverridesTopic;
/**
 * What went wrong.
 */
export type ErrorCode =
  | "invalid_message"
  | "message_too_large"
  | "rate_limited"
  | "too_many_topics"
  | "not_found"
  | "unavailable"
  | "forbidden"
  | "internal";
/**
 * A ratio as a fraction, never a percentage (0.42, not 42).
 */
export type Fraction = number;
/**
 * Every fact that a pipeline may push in.
 */
export type IngestEvent =
  | SessionStartedEvent
  | SessionAssessedEvent
  | LearningExtractedEvent
  | LearningStatusChangedEvent
  | LearningDeletedEvent
  | AttributionRecordedEvent
  | AblationUpdatedEvent
  | StrategyOutcomeEvent
  | AdaptiveParamUpdatedEvent
  | ComponentReportedEvent;
/**
 * What a person does to a learning.
 */
export type LearningAction = "enable_learning" | "disable_learning" | "delete_learning";
/**
 * What kind of thing was learned.
 */
export type LearningCategory =
  "correction" | "code_pattern" | "preference" | "solution" | "error_recovery" | "tool_usage" | "harness_knowledge";
/**
 * What was learned, in words.
 */
export type LearningContent = string;
/**
 * Whether a learning is injected, and why not.
 */
export type LearningStatus = "active" | "disabled" | "under_review" | "deprecated";
/**
 * By estimated value, confidence, session count (usage) or creation time (recency), highest or newest first; ties by id.
 */
export type LearningsSort = "value" | "confidence" | "usage" | "recency";
/**
 * A message or reason.
 */
export type LongText = string;
/**
 * One operation of RFC 6902; test and copy are never sent.
 */
export type PatchOperation = AddOperation | RemoveOperation | ReplaceOperation | MoveOperation;
/**
 * JSON pointer (RFC 6901).
 */
export type PatchPath = string;
/**
 * A number of any sign in the unit of what it measures.
 */
export type Quantity = number;
/**
 * What a component says of itself.
 */
export type ReportedStatus = "ok" | "degraded" | "error";
/**
 * Chosen by the client; what answers the request carries it back.
 */
export type RequestId = string;
/**
 * What a connection may do; a viewer reads, an operator may act on learnings.
 */
export type Role = "viewer" | "operator";
/**
 * Hash of the message definitions without their prose.
 */
export type SchemaHash = string;
/**
 * Where a learning or session belongs; the level decides the variant.
 */
export type Scope = GlobalScope | UserScope | ProjectScope | EnterpriseScope;
/**
 * The level of a scope.
 */
export type ScopeLevel = "global" | "user" | "project" | "enterprise";
/**
 * Id of a coding session as its pipeline names it. NUL characters are refused, since PostgreSQL cannot store them.
 */
export type SessionId = string;
/**
 * How a session ended, as judged by the assessment.
 */
export type SessionOutcome = "success" | "partial" | "failure" | "abandoned";
/**
 * A name or title of one line.
 */
export type ShortText = string;
/**
 * A value or contribution, from -1 (hurts) to 1 (helps).
 */
export type SignedFraction = number;
/**
 * Why a snapshot and not something smaller; first state, outside the history, connection was slow, patch too large.
 */
export type SnapshotReason = "initial" | "expired" | "slow" | "too_large";
/**
 * How a learning is injected into a session.
 */
export type StrategyVariant = "main_context" | "subagent" | "background_subagent" | "deferred";
/**
 * RFC 3339 date-time in UTC, with a capital T and Z and at most six fractional digits.
 */
export type Timestamp = string;
/**
 * The state of a topic; data_type is the topic's name.
 */
export type TopicData =
  | AttributionData
  | HealthData
  | LearningDetailData
  | LearningsData
  | OverviewData
  | SessionTimelineData
  | StrategyDistributionsData
  | StrategyOverridesData;
/**
 * Where a figure is heading.
 */
export type TrendDirection = "rising" | "stable" | "falling";
/**
 * Lower-case RFC 9562 UUID.
 */
export type Uuid = string;
/**
 * Opaque name of a topic's state; equal data have equal versions on every process.
 */
export type Version = string;

/**
 * How many learnings have been through an ablation experiment, over all time; the three counts add up to all learnings.
 */
export interface AblationCoverage {
  /**
   * Learnings with a completed experiment / all learnings, null where there is no learning.
   */
  coverage: Fraction | null;
  /**
   * Learnings with a completed experiment.
   */
  completed: Count;
  /**
   * Learnings with an experiment in progress and none completed.
   */
  in_progress: Count;
  /**
   * All other learnings.
   */
  pending: Count;
}
/**
 * The learning's ablation experiment; the latest completed one, else the latest in progress, else pending.
 */
export interface AblationSummary {
  /**
   * How far the ablation experiment of a learning has come; pending where there is none.
   */
  state: AblationState;
  /**
   * Measured effect, null where not measured.
   */
  value: SignedFraction | null;
  /**
   * Confidence in the value, null where not measured.
   */
  confidence: Fraction | null;
}
/**
 * An ablation experiment made progress; a completed one needs value and confidence.
 */
export interface AblationUpdatedEvent {
  /**
   * Identifies the event; applying it twice changes nothing.
   */
  event_id: Uuid;
  /**
   * Always "ablation_updated".
   */
  type: "ablation_updated";
  /**
   * When it happened; where two events set the same field, the later wins.
   */
  occurred_at: Timestamp;
  /**
   * The experiment.
   */
  experiment_id: ShortText;
  /**
   * The learning.
   */
  learning_id: Uuid;
  /**
   * How far the ablation experiment of a learning has come; pending where there is none.
   */
  state: AblationState;
  /**
   * Measured effect.
   */
  value?: SignedFraction;
  /**
   * Confidence in the value.
   */
  confidence?: Fraction;
}
/**
 * The action is done and committed.
 */
export interface ActionResult {
  /**
   * What a person does to a learning.
   */
  action: LearningAction;
  /**
   * The learning.
   */
  id: Uuid;
}
/**
 * The action is done and committed.
 */
export interface ActionResultMessage {
  /**
   * Always "action_result".
   */
  type: "action_result";
  /**
   * What a person does to a learning.
   */
  action: LearningAction;
  /**
   * The learning.
   */
  id: Uuid;
  /**
   * Chosen by the client; what answers the request carries it back.
   */
  request_id?: RequestId;
}
/**
 * A parameter that the pipeline tunes by itself.
 */
export interface AdaptiveParam {
  /**
   * A name or title of one line.
   */
  name: ShortText;
  /**
   * The latest value.
   */
  current_value: Quantity;
  /**
   * The pipeline's confidence in the latest value.
   */
  confidence: Fraction;
  /**
   * The latest value against the mean of up to five before it; stable within 1 % of that mean's magnitude.
   */
  trend: TrendDirection;
  /**
   * At most the last 20 values, oldest first.
   */
  history: Quantity[];
}
/**
 * A parameter tuned itself.
 */
export interface AdaptiveParamUpdatedEvent {
  /**
   * Identifies the event; applying it twice changes nothing.
   */
  event_id: Uuid;
  /**
   * Always "adaptive_param_updated".
   */
  type: "adaptive_param_updated";
  /**
   * When it happened; where two events set the same field, the later wins.
   */
  occurred_at: Timestamp;
  /**
   * The parameter.
   */
  name: ShortText;
  /**
   * Its new value.
   */
  value: Quantity;
  /**
   * Confidence in the value.
   */
  confidence: Fraction;
}
/**
 * Adds a value.
 */
export interface AddOperation {
  /**
   * Always "add".
   */
  op: "add";
  /**
   * The place that changes.
   */
  path: PatchPath;
  /**
   * Any JSON value.
   */
  value: unknown;
}
/**
 * The learnings' values in the period.
 */
export interface AttributionData {
  /**
   * Always "attribution".
   */
  data_type: "attribution";
  /**
   * Length of the period in days.
   */
  period_days: number;
  /**
   * At most 20 learnings of positive value in the period, highest first.
   */
  top_contributors: ContributorRow[];
  /**
   * At most 20 learnings of negative value in the period, lowest first.
   */
  negative_impact: ContributorRow[];
  /**
   * How many learnings have been through an ablation experiment, over all time; the three counts add up to all learnings.
   */
  ablation_coverage: AblationCoverage;
}
/**
 * A session's result was attributed to a learning; one per session and learning.
 */
export interface AttributionRecordedEvent {
  /**
   * Identifies the event; applying it twice changes nothing.
   */
  event_id: Uuid;
  /**
   * Always "attribution_recorded".
   */
  type: "attribution_recorded";
  /**
   * When it happened; where two events set the same field, the later wins.
   */
  occurred_at: Timestamp;
  /**
   * Id of a coding session as its pipeline names it. NUL characters are refused, since PostgreSQL cannot store them.
   */
  session_id: SessionId;
  /**
   * The learning.
   */
  learning_id: Uuid;
  /**
   * Whether the session used the learning.
   */
  activated: boolean;
  /**
   * Whether the learning was held back for an experiment; false where absent.
   */
  withheld?: boolean;
  /**
   * What it contributed; 0 where it was not activated.
   */
  contribution: SignedFraction;
  /**
   * Confidence in the contribution.
   */
  confidence: Fraction;
}
/**
 * What helped and what hurt in a period.
 */
export interface AttributionTopic {
  /**
   * Always "attribution".
   */
  topic: "attribution";
  /**
   * The N UTC days that end with today's.
   */
  period?: Period;
}
/**
 * Proves who the client is; sent again later it refreshes the token in place.
 */
export interface AuthenticateRequest {
  /**
   * Always "authenticate".
   */
  type: "authenticate";
  /**
   * Chosen by the client; what answers the request carries it back.
   */
  request_id?: RequestId;
  /**
   * The secret.
   */
  token: string;
}
/**
 * Several messages in one frame; apply all, then render once.
 */
export interface BatchMessage {
  /**
   * Always "batch".
   */
  type: "batch";
  /**
   * The messages, in order.
   *
   * @minItems 1
   * @maxItems 1000
   */
  messages: BatchedMessage[];
}
/**
 * State of one component.
 */
export interface ComponentHealth {
  /**
   * A part of the pipeline that reports its state.
   */
  component: Component;
  /**
   * Of the last report; degraded at best when that is too old; unknown without one.
   */
  status: ComponentStatus;
  /**
   * Time of the last report, null where it never reported.
   */
  last_activity: Timestamp | null;
  /**
   * Text of the last report, null where it never reported.
   */
  message: LongText | null;
  /**
   * Assessment coverage for assessment, ablation coverage for attribution, null for the others and where there is nothing to cover.
   */
  coverage: Fraction | null;
  /**
   * Assessed sessions, learnings, attribution records or strategy outcomes, over all time.
   */
  item_count: Count;
}
/**
 * What a component said at a moment.
 */
export interface ComponentReport {
  /**
   * RFC 3339 date-time in UTC, with a capital T and Z and at most six fractional digits.
   */
  occurred_at: Timestamp;
  /**
   * A part of the pipeline that reports its state.
   */
  component: Component;
  /**
   * What a component says of itself.
   */
  status: ReportedStatus;
  /**
   * A message or reason.
   */
  message: LongText;
}
/**
 * A component said how it is.
 */
export interface ComponentReportedEvent {
  /**
   * Identifies the event; applying it twice changes nothing.
   */
  event_id: Uuid;
  /**
   * Always "component_reported".
   */
  type: "component_reported";
  /**
   * When it happened; where two events set the same field, the later wins.
   */
  occurred_at: Timestamp;
  /**
   * A part of the pipeline that reports its state.
   */
  component: Component;
  /**
   * What a component says of itself.
   */
  status: ReportedStatus;
  /**
   * What it says.
   */
  message: LongText;
}
/**
 * What the server takes from one connection.
 */
export interface ConnectionLimits {
  /**
   * Size of one message.
   */
  max_message_bytes: Count;
  /**
   * Topics subscribed at once.
   */
  max_topics: Count;
  /**
   * Messages a second in the long run.
   */
  messages_per_second: Count;
  /**
   * Messages at once.
   */
  message_burst: Count;
}
/**
 * One UTC day of a learning's activated records.
 */
export interface ContributionPoint {
  /**
   * RFC 3339 full-date, a UTC day.
   */
  date: CalendarDate;
  /**
   * Mean contribution of the day, null without activated records.
   */
  mean_contribution: SignedFraction | null;
  /**
   * Activated records of the day.
   */
  session_count: Count;
}
/**
 * A learning's value in a period.
 */
export interface ContributorRow {
  /**
   * Lower-case RFC 9562 UUID.
   */
  learning_id: Uuid;
  /**
   * What was learned, in words.
   */
  content: LearningContent;
  /**
   * Value from the period's records and the experiments completed in it.
   */
  estimated_value: SignedFraction;
  /**
   * Confidence in the estimated value.
   */
  confidence: Fraction;
  /**
   * Sessions of the period in which it was activated.
   */
  session_count: Count;
  /**
   * Whether a learning is injected, and why not.
   */
  status: LearningStatus;
}
/**
 * What the client holds is the newest.
 */
export interface CurrentMessage {
  /**
   * Always "current".
   */
  type: "current";
  /**
   * The topic in canonical form.
   */
  topic: DashboardTopic;
  /**
   * Opaque name of a topic's state; equal data have equal versions on every process.
   */
  version: Version;
}
/**
 * Deletes a learning for good.
 */
export interface DeleteLearningRequest {
  /**
   * Always "delete_learning".
   */
  type: "delete_learning";
  /**
   * Chosen by the client; what answers the request carries it back.
   */
  request_id?: RequestId;
  /**
   * The learning.
   */
  id: Uuid;
}
/**
 * Disables a learning; no event overwrites that.
 */
export interface DisableLearningRequest {
  /**
   * Always "disable_learning".
   */
  type: "disable_learning";
  /**
   * Chosen by the client; what answers the request carries it back.
   */
  request_id?: RequestId;
  /**
   * The learning.
   */
  id: Uuid;
}
/**
 * Sets a learning active; lifts what a person disabled.
 */
export interface EnableLearningRequest {
  /**
   * Always "enable_learning".
   */
  type: "enable_learning";
  /**
   * Chosen by the client; what answers the request carries it back.
   */
  request_id?: RequestId;
  /**
   * The learning.
   */
  id: Uuid;
}
/**
 * Applies to one enterprise.
 */
export interface EnterpriseScope {
  /**
   * Always "enterprise".
   */
  level: "enterprise";
  /**
   * The enterprise.
   */
  name: ShortText;
}
/**
 * One request or one topic failed; the connection stays open.
 */
export interface ErrorMessage {
  /**
   * Always "error".
   */
  type: "error";
  /**
   * What went wrong.
   */
  code: ErrorCode;
  /**
   * The error in words.
   */
  message: string;
  /**
   * The topic that failed, in canonical form.
   */
  topic?: DashboardTopic;
  /**
   * Each fault with its place.
   */
  details?: Fault[];
  /**
   * When to try again at the earliest, in milliseconds.
   */
  retry_after_ms?: number;
  /**
   * Chosen by the client; what answers the request carries it back.
   */
  request_id?: RequestId;
}
/**
 * What is wrong at one place of one event.
 */
export interface EventFault {
  /**
   * Position of the event in the request, from 0.
   */
  index: Count;
  /**
   * JSON pointer (RFC 6901) into the event.
   */
  path: string;
  /**
   * What is wrong there.
   */
  message: string;
}
/**
 * What was learned.
 */
export interface ExtractedLearning {
  /**
   * The learning.
   */
  id: Uuid;
  /**
   * Where it applies.
   */
  scope: Scope;
  /**
   * What kind of thing was learned.
   */
  category: LearningCategory;
  /**
   * What was learned, in words.
   */
  content: LearningContent;
  /**
   * The extraction's confidence in it.
   */
  confidence: Fraction;
  /**
   * How it was extracted, in the pipeline's words.
   */
  extraction_method: ShortText;
  /**
   * The session it was extracted from.
   */
  source_session?: SessionId;
}
/**
 * What is wrong at one place of a message.
 */
export interface Fault {
  /**
   * JSON pointer (RFC 6901) into the message.
   */
  path: string;
  /**
   * What is wrong there.
   */
  message: string;
}
/**
 * Applies everywhere.
 */
export interface GlobalScope {
  /**
   * Always "global".
   */
  level: "global";
}
/**
 * Precedes every close by the server.
 */
export interface GoodbyeMessage {
  /**
   * Always "goodbye".
   */
  type: "goodbye";
  /**
   * The close code that follows.
   */
  code: number;
  /**
   * Why, in words.
   */
  reason: LongText;
  /**
   * Bounds of the client's back-off.
   */
  retry?: RetryWindow;
}
/**
 * State of the components and of the adaptive parameters.
 */
export interface HealthData {
  /**
   * Always "health".
   */
  data_type: "health";
  /**
   * The worst component's status, in the order error, degraded, unknown, ok.
   */
  overall_status: ComponentStatus;
  /**
   * All components in the order of Component.
   */
  components: ComponentHealth[];
  /**
   * The parameters that tune themselves, by name.
   */
  adaptive_params: AdaptiveParam[];
  /**
   * The 20 newest component reports, newest first.
   */
  recent_activity: ComponentReport[];
}
/**
 * Whether the pipeline works.
 */
export interface HealthTopic {
  /**
   * Always "health".
   */
  topic: "health";
}
/**
 * Sent after a silence, so that the client can tell a quiet server from a dead one.
 */
export interface HeartbeatMessage {
  /**
   * Always "heartbeat".
   */
  type: "heartbeat";
  /**
   * The server's clock.
   */
  server_time: Timestamp;
}
/**
 * A topic and the version that the client holds of it.
 */
export interface HeldTopic {
  /**
   * What a client may subscribe to.
   */
  topic: DashboardTopic;
  /**
   * Opaque name of a topic's state; equal data have equal versions on every process.
   */
  version: Version;
}
/**
 * The events are stored; an event known before counts as a duplicate.
 */
export interface IngestResult {
  /**
   * Events stored now.
   */
  accepted: Count;
  /**
   * Events known before, or repeated in the request.
   */
  duplicates: Count;
}
/**
 * One learning as it stands in a list.
 */
export interface LearningBrief {
  /**
   * Lower-case RFC 9562 UUID.
   */
  id: Uuid;
  /**
   * What was learned, in words.
   */
  content: LearningContent;
  /**
   * What kind of thing was learned.
   */
  category: LearningCategory;
  /**
   * Where a learning or session belongs; the level decides the variant.
   */
  scope: Scope;
  /**
   * Whether a learning is injected, and why not.
   */
  status: LearningStatus;
  /**
   * Lifetime value; temporal and ablation evidence weighed by their confidence.
   */
  estimated_value: SignedFraction;
  /**
   * Confidence in the estimated value.
   */
  confidence: Fraction;
  /**
   * Sessions in which it was activated.
   */
  session_count: Count;
  /**
   * When it was extracted.
   */
  created_at: Timestamp;
}
/**
 * A learning was deleted for good.
 */
export interface LearningDeletedEvent {
  /**
   * Identifies the event; applying it twice changes nothing.
   */
  event_id: Uuid;
  /**
   * Always "learning_deleted".
   */
  type: "learning_deleted";
  /**
   * When it happened; where two events set the same field, the later wins.
   */
  occurred_at: Timestamp;
  /**
   * The learning.
   */
  learning_id: Uuid;
}
/**
 * One learning with its evidence.
 */
export interface LearningDetailData {
  /**
   * Always "learning_detail".
   */
  data_type: "learning_detail";
  /**
   * Lower-case RFC 9562 UUID.
   */
  id: Uuid;
  /**
   * What was learned, in words.
   */
  content: LearningContent;
  /**
   * What kind of thing was learned.
   */
  category: LearningCategory;
  /**
   * Where a learning or session belongs; the level decides the variant.
   */
  scope: Scope;
  /**
   * Whether a learning is injected, and why not.
   */
  status: LearningStatus;
  /**
   * Why the status was last set, null where nothing was said.
   */
  status_reason: LongText | null;
  /**
   * Lifetime value; temporal and ablation evidence weighed by their confidence.
   */
  estimated_value: SignedFraction;
  /**
   * Confidence in the estimated value.
   */
  confidence: Fraction;
  /**
   * Sessions in which it was activated.
   */
  session_count: Count;
  /**
   * When it was extracted.
   */
  created_at: Timestamp;
  /**
   * Attribution records that were not withheld.
   */
  times_injected: Count;
  /**
   * session_count / times_injected, 0 when never injected.
   */
  activation_rate: Fraction;
  /**
   * Mean contribution over activated records.
   */
  temporal_value: SignedFraction;
  /**
   * 0 without activated records, else 1 - 1 / (1 + ln n), n = session_count.
   */
  temporal_confidence: Fraction;
  /**
   * The learning's ablation experiment; the latest completed one, else the latest in progress, else pending.
   */
  ablation: AblationSummary;
  /**
   * The session it was extracted from, null where not said.
   */
  source_session: SessionId | null;
  /**
   * How it was extracted, in the pipeline's words.
   */
  extraction_method: ShortText;
  /**
   * One point for each of the last 30 UTC days, oldest first.
   */
  history: ContributionPoint[];
}
/**
 * Everything about one learning.
 */
export interface LearningDetailTopic {
  /**
   * Always "learning_detail".
   */
  topic: "learning_detail";
  /**
   * The learning.
   */
  id: Uuid;
}
/**
 * Something was learned.
 */
export interface LearningExtractedEvent {
  /**
   * Identifies the event; applying it twice changes nothing.
   */
  event_id: Uuid;
  /**
   * Always "learning_extracted".
   */
  type: "learning_extracted";
  /**
   * When it happened; where two events set the same field, the later wins.
   */
  occurred_at: Timestamp;
  /**
   * What was learned.
   */
  learning: ExtractedLearning;
}
/**
 * The pipeline set a learning's status.
 */
export interface LearningStatusChangedEvent {
  /**
   * Identifies the event; applying it twice changes nothing.
   */
  event_id: Uuid;
  /**
   * Always "learning_status_changed".
   */
  type: "learning_status_changed";
  /**
   * When it happened; where two events set the same field, the later wins.
   */
  occurred_at: Timestamp;
  /**
   * The learning.
   */
  learning_id: Uuid;
  /**
   * Whether a learning is injected, and why not.
   */
  status: LearningStatus;
  /**
   * Why.
   */
  reason?: LongText;
}
/**
 * One page of learnings.
 */
export interface LearningsData {
  /**
   * Always "learnings".
   */
  data_type: "learnings";
  /**
   * The page, in the order asked for.
   */
  learnings: LearningBrief[];
  /**
   * Learnings that match the filters.
   */
  total: Count;
}
/**
 * What a learning must match; what is absent matches all.
 */
export interface LearningsFilters {
  /**
   * Scopes of a level, or the one scope of that level and name.
   */
  scope?: ScopeFilter;
  /**
   * What kind of thing was learned.
   */
  category?: LearningCategory;
  /**
   * Whether a learning is injected, and why not.
   */
  status?: LearningStatus;
  /**
   * Case-insensitive substring of the content.
   */
  search?: ShortText;
}
/**
 * The list of learnings, filtered, sorted and paged.
 */
export interface LearningsTopic {
  /**
   * Always "learnings".
   */
  topic: "learnings";
  /**
   * What a learning must match; what is absent matches all.
   */
  filters?: LearningsFilters;
  /**
   * By estimated value, confidence, session count (usage) or creation time (recency), highest or newest first; ties by id.
   */
  sort?: LearningsSort;
  /**
   * Length of the page.
   */
  limit?: number;
  /**
   * Learnings before the page.
   */
  offset?: number;
}
/**
 * Moves a value.
 */
export interface MoveOperation {
  /**
   * Always "move".
   */
  op: "move";
  /**
   * The place that changes.
   */
  path: PatchPath;
  /**
   * The place it comes from.
   */
  from: PatchPath;
}
/**
 * What helps and what hurts, over all time.
 */
export interface OverviewAttribution {
  /**
   * The five learnings of highest positive value, highest first.
   */
  top_contributors: TopContributor[];
  /**
   * Learnings with the status under_review.
   */
  under_review_count: Count;
  /**
   * Learnings of negative value.
   */
  negative_count: Count;
}
/**
 * The overview's figures.
 */
export interface OverviewData {
  /**
   * Always "overview".
   */
  data_type: "overview";
  /**
   * Session scores of the last seven UTC days.
   */
  trends: OverviewTrends;
  /**
   * How many learnings there are, by kind, and the newest.
   */
  learnings: OverviewLearnings;
  /**
   * What helps and what hurts, over all time.
   */
  attribution: OverviewAttribution;
  /**
   * Health of the pipeline in four figures.
   */
  health: OverviewHealth;
}
/**
 * Health of the pipeline in four figures.
 */
export interface OverviewHealth {
  /**
   * The worst component's status, in the order error, degraded, unknown, ok.
   */
  overall_status: ComponentStatus;
  /**
   * Assessed sessions / seen sessions of the last seven UTC days, null where none was seen.
   */
  assessment_coverage: Fraction | null;
  /**
   * Learnings with a completed experiment / all learnings, null where there is no learning.
   */
  ablation_coverage: Fraction | null;
  /**
   * Time of the newest component report, null where there is none.
   */
  last_activity: Timestamp | null;
}
/**
 * How many learnings there are, by kind, and the newest.
 */
export interface OverviewLearnings {
  /**
   * All learnings.
   */
  total: Count;
  /**
   * Learnings with the status active.
   */
  active: Count;
  /**
   * Learnings by category; only categories that occur.
   */
  by_category: {[Key in LearningCategory]?: Count};
  /**
   * Learnings by status; only statuses that occur.
   */
  by_status: {[Key in LearningStatus]?: Count};
  /**
   * The five newest learnings, newest first.
   */
  recent: LearningBrief[];
}
/**
 * What has been learned and whether it helps, on one page.
 */
export interface OverviewTopic {
  /**
   * Always "overview".
   */
  topic: "overview";
}
/**
 * Session scores of the last seven UTC days.
 */
export interface OverviewTrends {
  /**
   * One point a day, oldest first.
   */
  sparkline: ScorePoint[];
  /**
   * (mean score of the period - mean of the equally long period before) / the latter; null where either has no session or the base is 0.
   */
  improvement: number | null;
  /**
   * Rising above an improvement of 0.02, falling below -0.02, else stable.
   */
  direction: TrendDirection;
  /**
   * Sessions assessed in the period.
   */
  session_count: Count;
  /**
   * Length of the period in days.
   */
  period_days: 7;
}
/**
 * The N UTC days that end with today's.
 */
export interface Period {
  /**
   * How many days.
   */
  days: number;
}
/**
 * Asks for a pong.
 */
export interface PingRequest {
  /**
   * Always "ping".
   */
  type: "ping";
  /**
   * Chosen by the client; what answers the request carries it back.
   */
  request_id?: RequestId;
}
/**
 * Answers a ping.
 */
export interface PongMessage {
  /**
   * Always "pong".
   */
  type: "pong";
  /**
   * Chosen by the client; what answers the request carries it back.
   */
  request_id?: RequestId;
}
/**
 * An error, as RFC 9457 has it.
 */
export interface Problem {
  /**
   * URI reference of the kind of problem.
   */
  type: string;
  /**
   * The kind of problem in words.
   */
  title: string;
  /**
   * The HTTP status.
   */
  status: number;
  /**
   * This problem in words.
   */
  detail?: string;
  /**
   * The same code as on the socket.
   */
  code?: ErrorCode;
  /**
   * Each fault of the request with its place.
   */
  details?: Fault[];
  /**
   * Each fault of the ingested events with its place; at most 100.
   */
  errors?: EventFault[];
}
/**
 * Applies to one project.
 */
export interface ProjectScope {
  /**
   * Always "project".
   */
  level: "project";
  /**
   * The project.
   */
  name: ShortText;
}
/**
 * Removes the value.
 */
export interface RemoveOperation {
  /**
   * Always "remove".
   */
  op: "remove";
  /**
   * The place that changes.
   */
  path: PatchPath;
}
/**
 * Replaces the value.
 */
export interface ReplaceOperation {
  /**
   * Always "replace".
   */
  op: "replace";
  /**
   * The place that changes.
   */
  path: PatchPath;
  /**
   * Any JSON value.
   */
  value: unknown;
}
/**
 * Asks to go on from the states that the client holds.
 */
export interface ResumeRequest {
  /**
   * Always "resume".
   */
  type: "resume";
  /**
   * Chosen by the client; what answers the request carries it back.
   */
  request_id?: RequestId;
  /**
   * What the client holds.
   *
   * @minItems 1
   * @maxItems 64
   */
  subscriptions: HeldTopic[];
}
/**
 * Bounds of the client's back-off.
 */
export interface RetryWindow {
  /**
   * Least delay before a reconnect, in milliseconds.
   */
  min_ms: number;
  /**
   * Greatest delay before a reconnect, in milliseconds.
   */
  max_ms: number;
}
/**
 * Scopes of a level, or the one scope of that level and name.
 */
export interface ScopeFilter {
  /**
   * The level of a scope.
   */
  level: ScopeLevel;
  /**
   * The scope's name; absent for all of the level.
   */
  name?: ShortText;
}
/**
 * One UTC day of session scores.
 */
export interface ScorePoint {
  /**
   * RFC 3339 full-date, a UTC day.
   */
  date: CalendarDate;
  /**
   * Mean score of the day's sessions, null on a day without sessions.
   */
  mean_score: Fraction | null;
  /**
   * Sessions assessed on that day.
   */
  session_count: Count;
}
/**
 * A session was judged.
 */
export interface SessionAssessedEvent {
  /**
   * Identifies the event; applying it twice changes nothing.
   */
  event_id: Uuid;
  /**
   * Always "session_assessed".
   */
  type: "session_assessed";
  /**
   * When it happened; where two events set the same field, the later wins.
   */
  occurred_at: Timestamp;
  /**
   * Id of a coding session as its pipeline names it. NUL characters are refused, since PostgreSQL cannot store them.
   */
  session_id: SessionId;
  /**
   * How a session ended, as judged by the assessment.
   */
  outcome: SessionOutcome;
  /**
   * How well it went; by default success 1, partial 0.75, failure 0.25, abandoned 0.
   */
  score?: Fraction;
  /**
   * What it was about.
   */
  title?: ShortText;
}
/**
 * What one learning contributed to a session.
 */
export interface SessionContribution {
  /**
   * Lower-case RFC 9562 UUID.
   */
  learning_id: Uuid;
  /**
   * The learning's content, "(deleted learning)" for a deleted one.
   */
  content: LearningContent;
  /**
   * A value or contribution, from -1 (hurts) to 1 (helps).
   */
  contribution: SignedFraction;
}
/**
 * A session began.
 */
export interface SessionStartedEvent {
  /**
   * Identifies the event; applying it twice changes nothing.
   */
  event_id: Uuid;
  /**
   * Always "session_started".
   */
  type: "session_started";
  /**
   * When it happened; where two events set the same field, the later wins.
   */
  occurred_at: Timestamp;
  /**
   * Id of a coding session as its pipeline names it. NUL characters are refused, since PostgreSQL cannot store them.
   */
  session_id: SessionId;
  /**
   * Where it takes place.
   */
  scope?: Scope;
  /**
   * What it is about.
   */
  title?: ShortText;
}
/**
 * Sessions of the period, newest first.
 */
export interface SessionTimelineData {
  /**
   * Always "session_timeline".
   */
  data_type: "session_timeline";
  /**
   * Length of the period in days.
   */
  period_days: number;
  /**
   * The newest sessions, newest first.
   */
  sessions: TimelineSession[];
  /**
   * Sessions of the period, listed or not.
   */
  total: Count;
}
/**
 * The assessed sessions of a period and what the learnings contributed.
 */
export interface SessionTimelineTopic {
  /**
   * Always "session_timeline".
   */
  topic: "session_timeline";
  /**
   * The N UTC days that end with today's.
   */
  period?: Period;
  /**
   * Sessions listed at the most.
   */
  limit?: number;
}
/**
 * The whole state of a topic.
 */
export interface SnapshotMessage {
  /**
   * Always "snapshot".
   */
  type: "snapshot";
  /**
   * The topic in canonical form.
   */
  topic: DashboardTopic;
  /**
   * Opaque name of a topic's state; equal data have equal versions on every process.
   */
  version: Version;
  /**
   * The state of a topic; data_type is the topic's name.
   */
  data: TopicData;
  /**
   * Why a snapshot and not something smaller; first state, outside the history, connection was slow, patch too large.
   */
  reason?: SnapshotReason;
}
/**
 * Weights of the variants for one category in one context.
 */
export interface StrategyDistribution {
  /**
   * What kind of thing was learned.
   */
  category: LearningCategory;
  /**
   * What kind of session a learning is injected into.
   */
  context_type: ContextType;
  /**
   * Distinct sessions with an outcome.
   */
  session_count: Count;
  /**
   * All variants in the order of StrategyVariant.
   */
  weights: VariantWeight[];
}
/**
 * The learned distributions over variants.
 */
export interface StrategyDistributionsData {
  /**
   * Always "strategy_distributions".
   */
  data_type: "strategy_distributions";
  /**
   * One for each category and context with an outcome, by category, then by context type.
   */
  distributions: StrategyDistribution[];
  /**
   * Learnings with outcomes from at least 20 distinct sessions.
   */
  specialized_count: Count;
  /**
   * All learnings.
   */
  total_learnings: Count;
}
/**
 * How learnings of each category are injected in each context.
 */
export interface StrategyDistributionsTopic {
  /**
   * Always "strategy_distributions".
   */
  topic: "strategy_distributions";
}
/**
 * A way to inject a learning worked or did not.
 */
export interface StrategyOutcomeEvent {
  /**
   * Identifies the event; applying it twice changes nothing.
   */
  event_id: Uuid;
  /**
   * Always "strategy_outcome".
   */
  type: "strategy_outcome";
  /**
   * When it happened; where two events set the same field, the later wins.
   */
  occurred_at: Timestamp;
  /**
   * The learning.
   */
  learning_id: Uuid;
  /**
   * Id of a coding session as its pipeline names it. NUL characters are refused, since PostgreSQL cannot store them.
   */
  session_id: SessionId;
  /**
   * What kind of session a learning is injected into.
   */
  context_type: ContextType;
  /**
   * How a learning is injected into a session.
   */
  variant: StrategyVariant;
  /**
   * How well it worked.
   */
  value: SignedFraction;
  /**
   * Weight of the observation.
   */
  confidence: Fraction;
}
/**
 * One learning's own weights beside its category's.
 */
export interface StrategyOverride {
  /**
   * Lower-case RFC 9562 UUID.
   */
  learning_id: Uuid;
  /**
   * What was learned, in words.
   */
  content: LearningContent;
  /**
   * What kind of thing was learned.
   */
  category: LearningCategory;
  /**
   * Distinct sessions with an outcome of this learning.
   */
  session_count: Count;
  /**
   * Whether session_count has reached 20.
   */
  is_specialized: boolean;
  /**
   * From the learning's own outcomes; all variants in the order of StrategyVariant.
   */
  weights: VariantWeight[];
  /**
   * From all outcomes of its category over all contexts; all variants in the order of StrategyVariant.
   */
  base_weights: VariantWeight[];
  /**
   * max(0, 20 - session_count).
   */
  sessions_to_specialize: number;
}
/**
 * The learnings with outcomes from the most sessions.
 */
export interface StrategyOverridesData {
  /**
   * Always "strategy_overrides".
   */
  data_type: "strategy_overrides";
  /**
   * By session_count, highest first, ties by learning_id.
   */
  overrides: StrategyOverride[];
  /**
   * Known learnings with at least one outcome, listed or not.
   */
  total: Count;
}
/**
 * How single learnings depart from their category's strategy.
 */
export interface StrategyOverridesTopic {
  /**
   * Always "strategy_overrides".
   */
  topic: "strategy_overrides";
  /**
   * Learnings listed at the most.
   */
  limit?: number;
}
/**
 * Asks for a snapshot of each topic and then for its changes.
 */
export interface SubscribeRequest {
  /**
   * Always "subscribe".
   */
  type: "subscribe";
  /**
   * Chosen by the client; what answers the request carries it back.
   */
  request_id?: RequestId;
  /**
   * The topics, in any spelling.
   *
   * @minItems 1
   * @maxItems 64
   */
  topics: DashboardTopic[];
}
/**
 * The subscriptions stand.
 */
export interface SubscribedMessage {
  /**
   * Always "subscribed".
   */
  type: "subscribed";
  /**
   * The topics in canonical form.
   */
  topics: DashboardTopic[];
  /**
   * Chosen by the client; what answers the request carries it back.
   */
  request_id?: RequestId;
}
/**
 * One assessed session.
 */
export interface TimelineSession {
  /**
   * Id of a coding session as its pipeline names it. NUL characters are refused, since PostgreSQL cannot store them.
   */
  session_id: SessionId;
  /**
   * Title, null where none was given.
   */
  title: ShortText | null;
  /**
   * When it was assessed; its UTC day is the session's day.
   */
  assessed_at: Timestamp;
  /**
   * How well it went.
   */
  score: Fraction;
  /**
   * How a session ended, as judged by the assessment.
   */
  outcome: SessionOutcome;
  /**
   * Length of contributions.
   */
  learnings_activated: Count;
  /**
   * Activated learnings by magnitude of their contribution, largest first.
   */
  contributions: SessionContribution[];
  /**
   * Says that an activated learning has a negative lifetime value; null where none has.
   */
  warning: LongText | null;
}
/**
 * A learning and its value.
 */
export interface TopContributor {
  /**
   * Lower-case RFC 9562 UUID.
   */
  learning_id: Uuid;
  /**
   * What was learned, in words.
   */
  content: LearningContent;
  /**
   * A value or contribution, from -1 (hurts) to 1 (helps).
   */
  estimated_value: SignedFraction;
  /**
   * Confidence in the estimated value.
   */
  confidence: Fraction;
}
/**
 * Ends subscriptions; unknown ones are ignored.
 */
export interface UnsubscribeRequest {
  /**
   * Always "unsubscribe".
   */
  type: "unsubscribe";
  /**
   * Chosen by the client; what answers the request carries it back.
   */
  request_id?: RequestId;
  /**
   * The topics, in any spelling.
   *
   * @minItems 1
   * @maxItems 64
   */
  topics: DashboardTopic[];
}
/**
 * The subscriptions have ended.
 */
export interface UnsubscribedMessage {
  /**
   * Always "unsubscribed".
   */
  type: "unsubscribed";
  /**
   * The topics in canonical form.
   */
  topics: DashboardTopic[];
  /**
   * Chosen by the client; what answers the request carries it back.
   */
  request_id?: RequestId;
}
/**
 * Turns the state base into the state version.
 */
export interface UpdateMessage {
  /**
   * Always "update".
   */
  type: "update";
  /**
   * The topic in canonical form.
   */
  topic: DashboardTopic;
  /**
   * The version that the patch applies to.
   */
  base: Version;
  /**
   * Opaque name of a topic's state; equal data have equal versions on every process.
   */
  version: Version;
  /**
   * Operations of RFC 6902, in order.
   */
  patch: PatchOperation[];
}
/**
 * Applies to one user.
 */
export interface UserScope {
  /**
   * Always "user".
   */
  level: "user";
  /**
   * The user.
   */
  name: ShortText;
}
/**
 * How likely a variant is chosen.
 */
export interface VariantWeight {
  /**
   * How a learning is injected into a session.
   */
  variant: StrategyVariant;
  /**
   * Mean of the variant's Beta distribution.
   */
  weight: Fraction;
}
/**
 * The handshake is done; requests may be sent.
 */
export interface WelcomeMessage {
  /**
   * Always "welcome".
   */
  type: "welcome";
  /**
   * Version of the wire protocol.
   */
  protocol_version: number;
  /**
   * Hash of the message definitions without their prose.
   */
  schema_hash: SchemaHash;
  /**
   * Version of the server package.
   */
  server_version: ShortText;
  /**
   * The server's clock.
   */
  server_time: Timestamp;
  /**
   * A heartbeat follows that many seconds of silence.
   */
  heartbeat_seconds: number;
  /**
   * What the connection may do.
   */
  roles: Role[];
  /**
   * What the server takes from one connection.
   */
  limits: ConnectionLimits;
  /**
   * Bounds of the client's back-off.
   */
  retry: RetryWindow;
  /**
   * Chosen by the client; what answers the request carries it back.
   */
  request_id?: RequestId;
}

/**
 * Every topic by its name, in alphabetical order.
 */
export const TOPIC_NAMES = [
  "attribution",
  "health",
  "learning_detail",
  "learnings",
  "overview",
  "session_timeline",
  "strategy_distributions",
  "strategy_overrides",
] as const;
export type TopicName = (typeof TOPIC_NAMES)[number];
/**
 * What a client asks for, by the topic's name.
 */
export interface TopicByName {
  attribution: AttributionTopic;
  health: HealthTopic;
  learning_detail: LearningDetailTopic;
  learnings: LearningsTopic;
  overview: OverviewTopic;
  session_timeline: SessionTimelineTopic;
  strategy_distributions: StrategyDistributionsTopic;
  strategy_overrides: StrategyOverridesTopic;
}
/**
 * What it gets, by the topic's name.
 */
export interface TopicDataByName {
  attribution: AttributionData;
  health: HealthData;
  learning_detail: LearningDetailData;
  learnings: LearningsData;
  overview: OverviewData;
  session_timeline: SessionTimelineData;
  strategy_distributions: StrategyDistributionsData;
  strategy_overrides: StrategyOverridesData;
}
/**
 * What the absent properties of a topic mean; topics of which none may be absent are not here.
 */
export const TOPIC_DEFAULTS = {
  attribution: {"period": {"days": 7}},
  learnings: {"filters": {}, "sort": "recency", "limit": 100, "offset": 0},
  session_timeline: {"period": {"days": 7}, "limit": 100},
  strategy_overrides: {"limit": 100},
} as const satisfies { readonly [Name in TopicName]?: Partial<TopicByName[Name]> };
/**
 * The values of each enumeration, in their stated order.
 */
export const VALUES_OF = {
  AblationState: ["pending", "in_progress", "completed"],
  Component: ["assessment", "extraction", "attribution", "strategy"],
  ComponentStatus: ["ok", "degraded", "error", "unknown"],
  ContextType: ["interactive", "batch", "code_review", "planning"],
  ErrorCode: [
    "invalid_message",
    "message_too_large",
    "rate_limited",
    "too_many_topics",
    "not_found",
    "unavailable",
    "forbidden",
    "internal",
  ],
  LearningAction: ["enable_learning", "disable_learning", "delete_learning"],
  LearningCategory: [
    "correction",
    "code_pattern",
    "preference",
    "solution",
    "error_recovery",
    "tool_usage",
    "harness_knowledge",
  ],
  LearningStatus: ["active", "disabled", "under_review", "deprecated"],
  LearningsSort: ["value", "confidence", "usage", "recency"],
  ReportedStatus: ["ok", "degraded", "error"],
  Role: ["viewer", "operator"],
  ScopeLevel: ["global", "user", "project", "enterprise"],
  SessionOutcome: ["success", "partial", "failure", "abandoned"],
  SnapshotReason: ["initial", "expired", "slow", "too_large"],
  StrategyVariant: ["main_context", "subagent", "background_subagent", "deferred"],
  TrendDirection: ["rising", "stable", "falling"],
} as const satisfies Record<string, readonly (string | number | boolean)[]>;
export const SCHEMA_HASH = "cfbe07dc54b2";
