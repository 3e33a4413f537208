/* Generated from shared-schema by `make schema`. Do not edit. */
import type { ActionResult, DashboardMessage, DashboardRequest, DashboardTopic, IngestEvent, IngestResult, Problem, TopicData } from './types.ts';

// enable_learning
({"action": "enable_learning", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01"}) satisfies ActionResult;

// disable_learning
({"action": "disable_learning", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01"}) satisfies ActionResult;

// delete_learning
({"action": "delete_learning", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01"}) satisfies ActionResult;

// an action by its short name: wrong at '/action'
// @ts-expect-error
({"action": "disable", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01"}) satisfies ActionResult;

// an action in camelCase: wrong at '/action'
// @ts-expect-error
({"action": "disableLearning", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01"}) satisfies ActionResult;

// an id in upper case: wrong at '/id'
({"action": "disable_learning", "id": "01936F2A-7C4E-7A10-9B1D-3F2E8C5D6A01"}) satisfies ActionResult;

// no id: wrong at '/id'
// @ts-expect-error
({"action": "disable_learning"}) satisfies ActionResult;

// the request_id of the socket: wrong at '/request_id'
// @ts-expect-error
({"action": "disable_learning", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "request_id": "r-2"}) satisfies ActionResult;

// a success beside what was done: wrong at '/ok'
// @ts-expect-error
({"action": "disable_learning", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "ok": true}) satisfies ActionResult;

// welcome
({"type": "welcome", "protocol_version": 1, "schema_hash": "0123456789ab", "server_version": "0.1.0", "server_time": "2026-03-01T08:30:00Z", "heartbeat_seconds": 25, "roles": ["viewer", "operator"], "limits": {"max_message_bytes": 65536, "max_topics": 64, "messages_per_second": 20, "message_burst": 60}, "retry": {"min_ms": 500, "max_ms": 20000}}) satisfies DashboardMessage;

// subscribed
({"type": "subscribed", "topics": [{"topic": "overview"}, {"topic": "learnings", "filters": {}, "sort": "recency", "limit": 100, "offset": 0}], "request_id": "r-1"}) satisfies DashboardMessage;

// unsubscribed from nothing
({"type": "unsubscribed", "topics": []}) satisfies DashboardMessage;

// snapshot
({"type": "snapshot", "topic": {"topic": "strategy_overrides", "limit": 100}, "version": "9f2c41d07be35a8c6610d4f2", "data": {"data_type": "strategy_overrides", "overrides": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "session_count": 8, "is_specialized": false, "weights": [{"variant": "main_context", "weight": 0.3}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}], "base_weights": [{"variant": "main_context", "weight": 0.3}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}], "sessions_to_specialize": 12}], "total": 1}, "reason": "initial"}) satisfies DashboardMessage;

// snapshot of a change
({"type": "snapshot", "topic": {"topic": "strategy_overrides", "limit": 100}, "version": "9f2c41d07be35a8c6610d4f2", "data": {"data_type": "strategy_overrides", "overrides": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "session_count": 8, "is_specialized": false, "weights": [{"variant": "main_context", "weight": 0.3}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}], "base_weights": [{"variant": "main_context", "weight": 0.3}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}], "sessions_to_specialize": 12}], "total": 1}}) satisfies DashboardMessage;

// update
({"type": "update", "topic": {"topic": "health"}, "base": "9f2c41d07be35a8c6610d4f2", "version": "0b7de9a1c3f54482aa90e6d1", "patch": [{"op": "replace", "path": "/overall_status", "value": "ok"}, {"op": "add", "path": "/recent_activity/0", "value": {"occurred_at": "2026-03-01T08:30:00Z", "component": "attribution", "status": "ok", "message": "up to date"}}, {"op": "remove", "path": "/recent_activity/20"}, {"op": "move", "from": "/components/1", "path": "/components/0"}, {"op": "add", "path": "/components/3/message", "value": null}]}) satisfies DashboardMessage;

// current
({"type": "current", "topic": {"topic": "overview"}, "version": "9f2c41d07be35a8c6610d4f2"}) satisfies DashboardMessage;

// batch
({"type": "batch", "messages": [{"type": "snapshot", "topic": {"topic": "strategy_overrides", "limit": 100}, "version": "9f2c41d07be35a8c6610d4f2", "data": {"data_type": "strategy_overrides", "overrides": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "session_count": 8, "is_specialized": false, "weights": [{"variant": "main_context", "weight": 0.3}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}], "base_weights": [{"variant": "main_context", "weight": 0.3}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}], "sessions_to_specialize": 12}], "total": 1}, "reason": "initial"}, {"type": "update", "topic": {"topic": "health"}, "base": "9f2c41d07be35a8c6610d4f2", "version": "0b7de9a1c3f54482aa90e6d1", "patch": [{"op": "replace", "path": "/overall_status", "value": "ok"}, {"op": "add", "path": "/recent_activity/0", "value": {"occurred_at": "2026-03-01T08:30:00Z", "component": "attribution", "status": "ok", "message": "up to date"}}, {"op": "remove", "path": "/recent_activity/20"}, {"op": "move", "from": "/components/1", "path": "/components/0"}, {"op": "add", "path": "/components/3/message", "value": null}]}, {"type": "current", "topic": {"topic": "overview"}, "version": "9f2c41d07be35a8c6610d4f2"}, {"type": "error", "code": "unavailable", "message": "The database is away.", "topic": {"topic": "overview"}, "retry_after_ms": 1000}]}) satisfies DashboardMessage;

// action_result
({"type": "action_result", "action": "disable_learning", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "request_id": "r-2"}) satisfies DashboardMessage;

// error about a message
({"type": "error", "code": "invalid_message", "message": "The message is not valid.", "request_id": "r-1", "details": [{"path": "/topics/0/filters/category", "message": "This must be one of: correction, code_pattern, preference, solution, error_recovery, tool_usage, harness_knowledge."}]}) satisfies DashboardMessage;

// error about a topic
({"type": "error", "code": "not_found", "message": "There is no such learning.", "topic": {"topic": "learning_detail", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01"}}) satisfies DashboardMessage;

// heartbeat
({"type": "heartbeat", "server_time": "2026-03-01T08:30:00.123456Z"}) satisfies DashboardMessage;

// pong
({"type": "pong", "request_id": "r-3"}) satisfies DashboardMessage;

// goodbye
({"type": "goodbye", "code": 1001, "reason": "The server is restarting.", "retry": {"min_ms": 500, "max_ms": 5000}}) satisfies DashboardMessage;

// goodbye for good
({"type": "goodbye", "code": 4506, "reason": "This version of the protocol is not supported."}) satisfies DashboardMessage;

// no type: wrong at '/type'
// @ts-expect-error
({"topic": {"topic": "overview"}, "version": "9f2c41d07be35a8c6610d4f2"}) satisfies DashboardMessage;

// a request: wrong at '/type'
// @ts-expect-error
({"type": "ping"}) satisfies DashboardMessage;

// a hash that is too short: wrong at '/schema_hash'
({"type": "welcome", "protocol_version": 1, "schema_hash": "0123456789a", "server_version": "0.1.0", "server_time": "2026-03-01T08:30:00Z", "heartbeat_seconds": 25, "roles": ["viewer", "operator"], "limits": {"max_message_bytes": 65536, "max_topics": 64, "messages_per_second": 20, "message_burst": 60}, "retry": {"min_ms": 500, "max_ms": 20000}}) satisfies DashboardMessage;

// an unknown role: wrong at '/roles/1'
// @ts-expect-error
({"type": "welcome", "protocol_version": 1, "schema_hash": "0123456789ab", "server_version": "0.1.0", "server_time": "2026-03-01T08:30:00Z", "heartbeat_seconds": 25, "roles": ["viewer", "admin"], "limits": {"max_message_bytes": 65536, "max_topics": 64, "messages_per_second": 20, "message_burst": 60}, "retry": {"min_ms": 500, "max_ms": 20000}}) satisfies DashboardMessage;

// a server time without its zone: wrong at '/server_time'
({"type": "welcome", "protocol_version": 1, "schema_hash": "0123456789ab", "server_version": "0.1.0", "server_time": "2026-03-01T08:30:00", "heartbeat_seconds": 25, "roles": ["viewer", "operator"], "limits": {"max_message_bytes": 65536, "max_topics": 64, "messages_per_second": 20, "message_burst": 60}, "retry": {"min_ms": 500, "max_ms": 20000}}) satisfies DashboardMessage;

// a snapshot without data: wrong at '/data'
// @ts-expect-error
({"type": "snapshot", "topic": {"topic": "strategy_overrides", "limit": 100}, "version": "9f2c41d07be35a8c6610d4f2", "reason": "initial"}) satisfies DashboardMessage;

// a snapshot whose data are of no topic: wrong at '/data/data_type'
// @ts-expect-error
({"type": "snapshot", "topic": {"topic": "strategy_overrides", "limit": 100}, "version": "9f2c41d07be35a8c6610d4f2", "data": {"data_type": "all"}, "reason": "initial"}) satisfies DashboardMessage;

// a snapshot with an unknown reason: wrong at '/reason'
// @ts-expect-error
({"type": "snapshot", "topic": {"topic": "strategy_overrides", "limit": 100}, "version": "9f2c41d07be35a8c6610d4f2", "data": {"data_type": "strategy_overrides", "overrides": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "session_count": 8, "is_specialized": false, "weights": [{"variant": "main_context", "weight": 0.3}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}], "base_weights": [{"variant": "main_context", "weight": 0.3}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}], "sessions_to_specialize": 12}], "total": 1}, "reason": "refresh"}) satisfies DashboardMessage;

// a version that is a counter: wrong at '/version'
// @ts-expect-error
({"type": "current", "topic": {"topic": "overview"}, "version": 7}) satisfies DashboardMessage;

// an update without its base: wrong at '/base'
// @ts-expect-error
({"type": "update", "topic": {"topic": "health"}, "version": "0b7de9a1c3f54482aa90e6d1", "patch": [{"op": "replace", "path": "/overall_status", "value": "ok"}, {"op": "add", "path": "/recent_activity/0", "value": {"occurred_at": "2026-03-01T08:30:00Z", "component": "attribution", "status": "ok", "message": "up to date"}}, {"op": "remove", "path": "/recent_activity/20"}, {"op": "move", "from": "/components/1", "path": "/components/0"}, {"op": "add", "path": "/components/3/message", "value": null}]}) satisfies DashboardMessage;

// an operation that is never sent: wrong at '/patch/0/op'
// @ts-expect-error
({"type": "update", "topic": {"topic": "health"}, "base": "9f2c41d07be35a8c6610d4f2", "version": "0b7de9a1c3f54482aa90e6d1", "patch": [{"op": "test", "path": "/total", "value": 1}]}) satisfies DashboardMessage;

// an addition without a value: wrong at '/patch/0/value'
// @ts-expect-error
({"type": "update", "topic": {"topic": "health"}, "base": "9f2c41d07be35a8c6610d4f2", "version": "0b7de9a1c3f54482aa90e6d1", "patch": [{"op": "add", "path": "/total"}]}) satisfies DashboardMessage;

// a removal with a value: wrong at '/patch/0/value'
// @ts-expect-error
({"type": "update", "topic": {"topic": "health"}, "base": "9f2c41d07be35a8c6610d4f2", "version": "0b7de9a1c3f54482aa90e6d1", "patch": [{"op": "remove", "path": "/total", "value": 1}]}) satisfies DashboardMessage;

// a move from nowhere: wrong at '/patch/0/from'
// @ts-expect-error
({"type": "update", "topic": {"topic": "health"}, "base": "9f2c41d07be35a8c6610d4f2", "version": "0b7de9a1c3f54482aa90e6d1", "patch": [{"op": "move", "path": "/total"}]}) satisfies DashboardMessage;

// an empty batch: wrong at '/messages'
({"type": "batch", "messages": []}) satisfies DashboardMessage;

// a batch in a batch: wrong at '/messages/0/type'
// @ts-expect-error
({"type": "batch", "messages": [{"type": "batch", "messages": [{"type": "current", "topic": {"topic": "overview"}, "version": "9f2c41d07be35a8c6610d4f2"}]}]}) satisfies DashboardMessage;

// an unknown error code: wrong at '/code'
// @ts-expect-error
({"type": "error", "code": "oops", "message": "The message is not valid.", "request_id": "r-1", "details": [{"path": "/topics/0/filters/category", "message": "This must be one of: correction, code_pattern, preference, solution, error_recovery, tool_usage, harness_knowledge."}]}) satisfies DashboardMessage;

// a fault without a message: wrong at '/details/0/message'
// @ts-expect-error
({"type": "error", "code": "invalid_message", "message": "The message is not valid.", "request_id": "r-1", "details": [{"path": "/type"}]}) satisfies DashboardMessage;

// a close code that WebSocket does not have: wrong at '/code'
({"type": "goodbye", "code": 200, "reason": ""}) satisfies DashboardMessage;

// a protocol version as text: wrong at '/protocol_version'
// @ts-expect-error
({"type": "welcome", "protocol_version": "v1", "schema_hash": "0123456789ab", "server_version": "0.1.0", "server_time": "2026-03-01T08:30:00Z", "heartbeat_seconds": 25, "roles": ["viewer", "operator"], "limits": {"max_message_bytes": 65536, "max_topics": 64, "messages_per_second": 20, "message_burst": 60}, "retry": {"min_ms": 500, "max_ms": 20000}}) satisfies DashboardMessage;

// a welcome that says the time in camelCase: wrong at '/serverTime'
// @ts-expect-error
({"type": "welcome", "protocol_version": 1, "schema_hash": "0123456789ab", "server_version": "0.1.0", "server_time": "2026-03-01T08:30:00Z", "heartbeat_seconds": 25, "roles": ["viewer", "operator"], "limits": {"max_message_bytes": 65536, "max_topics": 64, "messages_per_second": 20, "message_burst": 60}, "retry": {"min_ms": 500, "max_ms": 20000}, "serverTime": "2026-03-01T08:30:00Z"}) satisfies DashboardMessage;

// a hash in upper case: wrong at '/schema_hash'
({"type": "welcome", "protocol_version": 1, "schema_hash": "0123456789AB", "server_version": "0.1.0", "server_time": "2026-03-01T08:30:00Z", "heartbeat_seconds": 25, "roles": ["viewer", "operator"], "limits": {"max_message_bytes": 65536, "max_topics": 64, "messages_per_second": 20, "message_burst": 60}, "retry": {"min_ms": 500, "max_ms": 20000}}) satisfies DashboardMessage;

// one role in place of a list: wrong at '/roles'
// @ts-expect-error
({"type": "welcome", "protocol_version": 1, "schema_hash": "0123456789ab", "server_version": "0.1.0", "server_time": "2026-03-01T08:30:00Z", "heartbeat_seconds": 25, "roles": "operator", "limits": {"max_message_bytes": 65536, "max_topics": 64, "messages_per_second": 20, "message_burst": 60}, "retry": {"min_ms": 500, "max_ms": 20000}}) satisfies DashboardMessage;

// a limit left out: wrong at '/limits/max_topics'
// @ts-expect-error
({"type": "welcome", "protocol_version": 1, "schema_hash": "0123456789ab", "server_version": "0.1.0", "server_time": "2026-03-01T08:30:00Z", "heartbeat_seconds": 25, "roles": ["viewer", "operator"], "limits": {"max_message_bytes": 65536, "messages_per_second": 20, "message_burst": 60}, "retry": {"min_ms": 500, "max_ms": 20000}}) satisfies DashboardMessage;

// subscribed to names: wrong at '/topics/0'
// @ts-expect-error
({"type": "subscribed", "topics": ["overview", {"topic": "learnings", "filters": {}, "sort": "recency", "limit": 100, "offset": 0}], "request_id": "r-1"}) satisfies DashboardMessage;

// unsubscribed without the topics: wrong at '/topics'
// @ts-expect-error
({"type": "unsubscribed", "request_id": "r-2"}) satisfies DashboardMessage;

// null instead of no request_id: wrong at '/request_id'
// @ts-expect-error
({"type": "subscribed", "topics": [{"topic": "overview"}, {"topic": "learnings", "filters": {}, "sort": "recency", "limit": 100, "offset": 0}], "request_id": null}) satisfies DashboardMessage;

// a snapshot of a topic's name: wrong at '/topic'
// @ts-expect-error
({"type": "snapshot", "topic": "strategy_overrides", "version": "9f2c41d07be35a8c6610d4f2", "data": {"data_type": "strategy_overrides", "overrides": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "session_count": 8, "is_specialized": false, "weights": [{"variant": "main_context", "weight": 0.3}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}], "base_weights": [{"variant": "main_context", "weight": 0.3}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}], "sessions_to_specialize": 12}], "total": 1}, "reason": "initial"}) satisfies DashboardMessage;

// a snapshot without a version: wrong at '/version'
// @ts-expect-error
({"type": "snapshot", "topic": {"topic": "strategy_overrides", "limit": 100}, "data": {"data_type": "strategy_overrides", "overrides": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "session_count": 8, "is_specialized": false, "weights": [{"variant": "main_context", "weight": 0.3}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}], "base_weights": [{"variant": "main_context", "weight": 0.3}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}], "sessions_to_specialize": 12}], "total": 1}, "reason": "initial"}) satisfies DashboardMessage;

// a snapshot whose data are text: wrong at '/data'
// @ts-expect-error
({"type": "snapshot", "topic": {"topic": "strategy_overrides", "limit": 100}, "version": "9f2c41d07be35a8c6610d4f2", "data": "{}", "reason": "initial"}) satisfies DashboardMessage;

// a snapshot with a percentage inside: wrong at '/data/overrides/0/weights/0/weight'
({"type": "snapshot", "topic": {"topic": "strategy_overrides", "limit": 100}, "version": "9f2c41d07be35a8c6610d4f2", "data": {"data_type": "strategy_overrides", "overrides": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "session_count": 8, "is_specialized": false, "weights": [{"variant": "main_context", "weight": 30}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}], "base_weights": [{"variant": "main_context", "weight": 0.3}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}], "sessions_to_specialize": 12}], "total": 1}, "reason": "initial"}) satisfies DashboardMessage;

// a patch as text: wrong at '/patch'
// @ts-expect-error
({"type": "update", "topic": {"topic": "health"}, "base": "9f2c41d07be35a8c6610d4f2", "version": "0b7de9a1c3f54482aa90e6d1", "patch": "[]"}) satisfies DashboardMessage;

// a patch that is no list: wrong at '/patch'
// @ts-expect-error
({"type": "update", "topic": {"topic": "health"}, "base": "9f2c41d07be35a8c6610d4f2", "version": "0b7de9a1c3f54482aa90e6d1", "patch": {"op": "replace", "path": "/overall_status", "value": "ok"}}) satisfies DashboardMessage;

// an operation in upper case: wrong at '/patch/0/op'
// @ts-expect-error
({"type": "update", "topic": {"topic": "health"}, "base": "9f2c41d07be35a8c6610d4f2", "version": "0b7de9a1c3f54482aa90e6d1", "patch": [{"op": "REPLACE", "path": "/overall_status", "value": "ok"}, {"op": "add", "path": "/recent_activity/0", "value": {"occurred_at": "2026-03-01T08:30:00Z", "component": "attribution", "status": "ok", "message": "up to date"}}, {"op": "remove", "path": "/recent_activity/20"}, {"op": "move", "from": "/components/1", "path": "/components/0"}, {"op": "add", "path": "/components/3/message", "value": null}]}) satisfies DashboardMessage;

// a copy, which is never sent: wrong at '/patch/0/op'
// @ts-expect-error
({"type": "update", "topic": {"topic": "health"}, "base": "9f2c41d07be35a8c6610d4f2", "version": "0b7de9a1c3f54482aa90e6d1", "patch": [{"op": "copy", "from": "/components/1", "path": "/components/0"}]}) satisfies DashboardMessage;

// a path in steps: wrong at '/patch/0/path'
// @ts-expect-error
({"type": "update", "topic": {"topic": "health"}, "base": "9f2c41d07be35a8c6610d4f2", "version": "0b7de9a1c3f54482aa90e6d1", "patch": [{"op": "replace", "path": ["overall_status"], "value": "ok"}, {"op": "add", "path": "/recent_activity/0", "value": {"occurred_at": "2026-03-01T08:30:00Z", "component": "attribution", "status": "ok", "message": "up to date"}}, {"op": "remove", "path": "/recent_activity/20"}, {"op": "move", "from": "/components/1", "path": "/components/0"}, {"op": "add", "path": "/components/3/message", "value": null}]}) satisfies DashboardMessage;

// a batch of requests: wrong at '/messages/0/type'
// @ts-expect-error
({"type": "batch", "messages": [{"type": "ping"}]}) satisfies DashboardMessage;

// an action by its short name: wrong at '/action'
// @ts-expect-error
({"type": "action_result", "action": "disable", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "request_id": "r-2"}) satisfies DashboardMessage;

// an action_result without an id: wrong at '/id'
// @ts-expect-error
({"type": "action_result", "action": "disable_learning", "request_id": "r-2"}) satisfies DashboardMessage;

// an error code in upper case: wrong at '/code'
// @ts-expect-error
({"type": "error", "code": "NOT_FOUND", "message": "There is no such learning.", "topic": {"topic": "learning_detail", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01"}}) satisfies DashboardMessage;

// an HTTP status as a code: wrong at '/code'
// @ts-expect-error
({"type": "error", "code": 404, "message": "There is no such learning.", "topic": {"topic": "learning_detail", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01"}}) satisfies DashboardMessage;

// an error without words: wrong at '/message'
// @ts-expect-error
({"type": "error", "code": "not_found", "topic": {"topic": "learning_detail", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01"}}) satisfies DashboardMessage;

// details as text: wrong at '/details'
// @ts-expect-error
({"type": "error", "code": "invalid_message", "message": "The message is not valid.", "request_id": "r-1", "details": "The category is unknown."}) satisfies DashboardMessage;

// a wait in seconds: wrong at '/retry_after_ms'
({"type": "error", "code": "not_found", "message": "There is no such learning.", "topic": {"topic": "learning_detail", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01"}, "retry_after_ms": 0.5}) satisfies DashboardMessage;

// a heartbeat with a number: wrong at '/server_time'
// @ts-expect-error
({"type": "heartbeat", "server_time": 1772353800}) satisfies DashboardMessage;

// a heartbeat in local time: wrong at '/server_time'
({"type": "heartbeat", "server_time": "2026-03-01T09:30:00+01:00"}) satisfies DashboardMessage;

// a heartbeat of nanoseconds: wrong at '/server_time'
({"type": "heartbeat", "server_time": "2026-03-01T08:30:00.123456789Z"}) satisfies DashboardMessage;

// a pong with the server's time: wrong at '/server_time'
// @ts-expect-error
({"type": "pong", "request_id": "r-3", "server_time": "2026-03-01T08:30:00Z"}) satisfies DashboardMessage;

// a goodbye without a reason: wrong at '/reason'
// @ts-expect-error
({"type": "goodbye", "code": 1001, "retry": {"min_ms": 500, "max_ms": 5000}}) satisfies DashboardMessage;

// one number in place of a window: wrong at '/retry'
// @ts-expect-error
({"type": "goodbye", "code": 1001, "reason": "The server is restarting.", "retry": 500}) satisfies DashboardMessage;

// a window without an end: wrong at '/retry/max_ms'
// @ts-expect-error
({"type": "goodbye", "code": 1001, "reason": "The server is restarting.", "retry": {"min_ms": 500}}) satisfies DashboardMessage;

// authenticate
({"type": "authenticate", "token": "the token of the session"}) satisfies DashboardRequest;

// subscribe to one topic
({"type": "subscribe", "topics": [{"topic": "overview"}]}) satisfies DashboardRequest;

// subscribe to several, one of them filtered
({"type": "subscribe", "topics": [{"topic": "overview"}, {"topic": "learnings", "filters": {"scope": {"level": "project", "name": "vibes"}, "status": "active"}}], "request_id": "r-1"}) satisfies DashboardRequest;

// the same topic twice
({"type": "subscribe", "topics": [{"topic": "health"}, {"topic": "health"}]}) satisfies DashboardRequest;

// resume
({"type": "resume", "subscriptions": [{"topic": {"topic": "overview"}, "version": "9f2c41d07be35a8c6610d4f2"}, {"topic": {"topic": "learnings"}, "version": "0b7de9a1c3f54482aa90e6d1"}]}) satisfies DashboardRequest;

// unsubscribe
({"type": "unsubscribe", "topics": [{"topic": "overview"}], "request_id": "r-2"}) satisfies DashboardRequest;

// enable_learning
({"type": "enable_learning", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "request_id": "r-3"}) satisfies DashboardRequest;

// disable_learning
({"type": "disable_learning", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01"}) satisfies DashboardRequest;

// delete_learning
({"type": "delete_learning", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "request_id": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}) satisfies DashboardRequest;

// ping
({"type": "ping"}) satisfies DashboardRequest;

// ping with a request_id beyond ASCII
({"type": "ping", "request_id": "über-1"}) satisfies DashboardRequest;

// an array: wrong at ''
// @ts-expect-error
([{"type": "ping"}]) satisfies DashboardRequest;

// a text: wrong at ''
// @ts-expect-error
("ping") satisfies DashboardRequest;

// no type: wrong at '/type'
// @ts-expect-error
({"topics": [{"topic": "overview"}]}) satisfies DashboardRequest;

// misspelt type: wrong at '/type'
// @ts-expect-error
({"type": "subscrib", "topics": [{"topic": "overview"}]}) satisfies DashboardRequest;

// type is no text: wrong at '/type'
// @ts-expect-error
({"type": 1}) satisfies DashboardRequest;

// a message of the server: wrong at '/type'
// @ts-expect-error
({"type": "pong"}) satisfies DashboardRequest;

// subscribe without topics: wrong at '/topics'
// @ts-expect-error
({"type": "subscribe"}) satisfies DashboardRequest;

// subscribe to nothing: wrong at '/topics'
({"type": "subscribe", "topics": []}) satisfies DashboardRequest;

// one topic instead of a list: wrong at '/topics'
// @ts-expect-error
({"type": "subscribe", "topics": {"topic": "overview"}}) satisfies DashboardRequest;

// names instead of topics: wrong at '/topics/0'
// @ts-expect-error
({"type": "subscribe", "topics": ["overview"]}) satisfies DashboardRequest;

// an unknown category in the second topic: wrong at '/topics/1/filters/category'
// @ts-expect-error
({"type": "subscribe", "topics": [{"topic": "overview"}, {"topic": "learnings", "filters": {"category": "style"}}]}) satisfies DashboardRequest;

// a misplaced filter: wrong at '/topics/0/category'
// @ts-expect-error
({"type": "subscribe", "topics": [{"topic": "learnings", "category": "correction"}]}) satisfies DashboardRequest;

// an unknown topic: wrong at '/topics/0/topic'
// @ts-expect-error
({"type": "subscribe", "topics": [{"topic": "everything"}]}) satisfies DashboardRequest;

// request_id as a number: wrong at '/request_id'
// @ts-expect-error
({"type": "subscribe", "topics": [{"topic": "overview"}], "request_id": 7}) satisfies DashboardRequest;

// empty request_id: wrong at '/request_id'
({"type": "ping", "request_id": ""}) satisfies DashboardRequest;

// request_id over 64 characters: wrong at '/request_id'
({"type": "ping", "request_id": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}) satisfies DashboardRequest;

// null request_id: wrong at '/request_id'
// @ts-expect-error
({"type": "ping", "request_id": null}) satisfies DashboardRequest;

// an unknown property: wrong at '/extra'
// @ts-expect-error
({"type": "ping", "extra": 1}) satisfies DashboardRequest;

// an unknown property that JSON pointers escape: wrong at '/a~1b~0c'
// @ts-expect-error
({"type": "ping", "a/b~c": 1}) satisfies DashboardRequest;

// authenticate without a token: wrong at '/token'
// @ts-expect-error
({"type": "authenticate"}) satisfies DashboardRequest;

// authenticate with an empty token: wrong at '/token'
({"type": "authenticate", "token": ""}) satisfies DashboardRequest;

// resume without versions: wrong at '/subscriptions/0/version'
// @ts-expect-error
({"type": "resume", "subscriptions": [{"topic": {"topic": "overview"}}]}) satisfies DashboardRequest;

// resume of nothing: wrong at '/subscriptions'
({"type": "resume", "subscriptions": []}) satisfies DashboardRequest;

// resume with a numeric version: wrong at '/subscriptions/0/version'
// @ts-expect-error
({"type": "resume", "subscriptions": [{"topic": {"topic": "overview"}, "version": 3}]}) satisfies DashboardRequest;

// an action without an id: wrong at '/id'
// @ts-expect-error
({"type": "disable_learning"}) satisfies DashboardRequest;

// an action on no UUID: wrong at '/id'
({"type": "delete_learning", "id": "42"}) satisfies DashboardRequest;

// an id in braces: wrong at '/id'
({"type": "enable_learning", "id": "{01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01}"}) satisfies DashboardRequest;

// nothing at all: wrong at ''
// @ts-expect-error
(null) satisfies DashboardRequest;

// type in another case: wrong at '/type'
// @ts-expect-error
({"type": "Subscribe", "topics": [{"topic": "overview"}]}) satisfies DashboardRequest;

// type with hyphens: wrong at '/type'
// @ts-expect-error
({"type": "disable-learning", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01"}) satisfies DashboardRequest;

// request_id in camelCase: wrong at '/requestId'
// @ts-expect-error
({"type": "ping", "requestId": "r-1"}) satisfies DashboardRequest;

// null instead of topics: wrong at '/topics'
// @ts-expect-error
({"type": "subscribe", "topics": null}) satisfies DashboardRequest;

// 65 topics: wrong at '/topics'
({"type": "subscribe", "topics": [{"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}, {"topic": "health"}]}) satisfies DashboardRequest;

// one topic beside the list: wrong at '/topic'
// @ts-expect-error
({"type": "subscribe", "topics": [{"topic": "overview"}], "topic": "health"}) satisfies DashboardRequest;

// null instead of filters: wrong at '/topics/0/filters'
// @ts-expect-error
({"type": "subscribe", "topics": [{"topic": "learnings", "filters": null}]}) satisfies DashboardRequest;

// a topic with its data's tag: wrong at '/topics/0/data_type'
// @ts-expect-error
({"type": "subscribe", "topics": [{"topic": "overview", "data_type": "overview"}]}) satisfies DashboardRequest;

// unsubscribe from everything: wrong at '/topics'
// @ts-expect-error
({"type": "unsubscribe"}) satisfies DashboardRequest;

// unsubscribe from nothing: wrong at '/topics'
({"type": "unsubscribe", "topics": []}) satisfies DashboardRequest;

// unsubscribe by a misspelt name: wrong at '/topics/0/topic'
// @ts-expect-error
({"type": "unsubscribe", "topics": [{"topic": "attributions"}]}) satisfies DashboardRequest;

// resume by names: wrong at '/subscriptions/0'
// @ts-expect-error
({"type": "resume", "subscriptions": ["overview"]}) satisfies DashboardRequest;

// resume with a null version: wrong at '/subscriptions/0/version'
// @ts-expect-error
({"type": "resume", "subscriptions": [{"topic": {"topic": "overview"}, "version": null}]}) satisfies DashboardRequest;

// resume with an empty version: wrong at '/subscriptions/0/version'
({"type": "resume", "subscriptions": [{"topic": {"topic": "overview"}, "version": ""}]}) satisfies DashboardRequest;

// resume with the topic's name in place of the topic: wrong at '/subscriptions/0/topic'
// @ts-expect-error
({"type": "resume", "subscriptions": [{"topic": "overview", "version": "9f2c41d07be35a8c6610d4f2"}]}) satisfies DashboardRequest;

// a null token: wrong at '/token'
// @ts-expect-error
({"type": "authenticate", "token": null}) satisfies DashboardRequest;

// an action on an id in upper case: wrong at '/id'
({"type": "disable_learning", "id": "01936F2A-7C4E-7A10-9B1D-3F2E8C5D6A01"}) satisfies DashboardRequest;

// an action on several learnings: wrong at '/id'
// @ts-expect-error
({"type": "delete_learning", "id": ["01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01"]}) satisfies DashboardRequest;

// an action with the id under two names: wrong at '/learning_id'
// @ts-expect-error
({"type": "enable_learning", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01"}) satisfies DashboardRequest;

// an action with a reason: wrong at '/reason'
// @ts-expect-error
({"type": "disable_learning", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "reason": "It hurts."}) satisfies DashboardRequest;

// overview
({"topic": "overview"}) satisfies DashboardTopic;

// learnings with nothing said
({"topic": "learnings"}) satisfies DashboardTopic;

// learnings with everything said
({"topic": "learnings", "filters": {"scope": {"level": "project", "name": "vibes"}, "category": "correction", "status": "active", "search": "snake_case"}, "sort": "value", "limit": 500, "offset": 20}) satisfies DashboardTopic;

// learnings of a whole scope level
({"topic": "learnings", "filters": {"scope": {"level": "user"}}}) satisfies DashboardTopic;

// learnings with empty filters
({"topic": "learnings", "filters": {}}) satisfies DashboardTopic;

// learning_detail
({"topic": "learning_detail", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01"}) satisfies DashboardTopic;

// attribution of the default period
({"topic": "attribution"}) satisfies DashboardTopic;

// attribution of a year
({"topic": "attribution", "period": {"days": 365}}) satisfies DashboardTopic;

// session_timeline
({"topic": "session_timeline", "period": {"days": 30}, "limit": 1}) satisfies DashboardTopic;

// strategy_distributions
({"topic": "strategy_distributions"}) satisfies DashboardTopic;

// strategy_overrides
({"topic": "strategy_overrides"}) satisfies DashboardTopic;

// strategy_overrides of a few learnings
({"topic": "strategy_overrides", "limit": 1}) satisfies DashboardTopic;

// health
({"topic": "health"}) satisfies DashboardTopic;

// a name instead of an object: wrong at ''
// @ts-expect-error
("overview") satisfies DashboardTopic;

// null: wrong at ''
// @ts-expect-error
(null) satisfies DashboardTopic;

// no topic: wrong at '/topic'
// @ts-expect-error
({}) satisfies DashboardTopic;

// unknown topic: wrong at '/topic'
// @ts-expect-error
({"topic": "learning"}) satisfies DashboardTopic;

// topic in another case: wrong at '/topic'
// @ts-expect-error
({"topic": "Overview"}) satisfies DashboardTopic;

// a parameter that the topic does not have: wrong at '/limit'
// @ts-expect-error
({"topic": "overview", "limit": 5}) satisfies DashboardTopic;

// learning_detail without an id: wrong at '/id'
// @ts-expect-error
({"topic": "learning_detail"}) satisfies DashboardTopic;

// learning_detail with an upper-case id: wrong at '/id'
({"topic": "learning_detail", "id": "01936F2A-7C4E-7A10-9B1D-3F2E8C5D6A01"}) satisfies DashboardTopic;

// limit of 0: wrong at '/limit'
({"topic": "learnings", "limit": 0}) satisfies DashboardTopic;

// limit over 500: wrong at '/limit'
({"topic": "learnings", "limit": 501}) satisfies DashboardTopic;

// limit as text: wrong at '/limit'
// @ts-expect-error
({"topic": "learnings", "limit": "100"}) satisfies DashboardTopic;

// limit with a fraction: wrong at '/limit'
({"topic": "learnings", "limit": 10.5}) satisfies DashboardTopic;

// negative offset: wrong at '/offset'
({"topic": "learnings", "offset": -1}) satisfies DashboardTopic;

// unknown order: wrong at '/sort'
// @ts-expect-error
({"topic": "learnings", "sort": "newest"}) satisfies DashboardTopic;

// unknown category: wrong at '/filters/category'
// @ts-expect-error
({"topic": "learnings", "filters": {"category": "style"}}) satisfies DashboardTopic;

// status in another case: wrong at '/filters/status'
// @ts-expect-error
({"topic": "learnings", "filters": {"status": "Active"}}) satisfies DashboardTopic;

// unknown filter: wrong at '/filters/colour'
// @ts-expect-error
({"topic": "learnings", "filters": {"colour": "red"}}) satisfies DashboardTopic;

// null instead of no filter: wrong at '/filters/search'
// @ts-expect-error
({"topic": "learnings", "filters": {"search": null}}) satisfies DashboardTopic;

// empty search: wrong at '/filters/search'
({"topic": "learnings", "filters": {"search": ""}}) satisfies DashboardTopic;

// NUL in a search: wrong at '/filters/search'
({"topic": "learnings", "filters": {"search": "a\u0000b"}}) satisfies DashboardTopic;

// scope filter without a level: wrong at '/filters/scope/level'
// @ts-expect-error
({"topic": "learnings", "filters": {"scope": {"name": "vibes"}}}) satisfies DashboardTopic;

// scope as text: wrong at '/filters/scope'
// @ts-expect-error
({"topic": "learnings", "filters": {"scope": "global"}}) satisfies DashboardTopic;

// period as a number: wrong at '/period'
// @ts-expect-error
({"topic": "attribution", "period": 7}) satisfies DashboardTopic;

// period of 0 days: wrong at '/period/days'
({"topic": "attribution", "period": {"days": 0}}) satisfies DashboardTopic;

// period over a year: wrong at '/period/days'
({"topic": "session_timeline", "period": {"days": 366}}) satisfies DashboardTopic;

// empty period: wrong at '/period/days'
// @ts-expect-error
({"topic": "attribution", "period": {}}) satisfies DashboardTopic;

// topic in camelCase: wrong at '/topic'
// @ts-expect-error
({"topic": "sessionTimeline"}) satisfies DashboardTopic;

// topic with hyphens: wrong at '/topic'
// @ts-expect-error
({"topic": "strategy-overrides"}) satisfies DashboardTopic;

// misspelt topic: wrong at '/topic'
// @ts-expect-error
({"topic": "atribution"}) satisfies DashboardTopic;

// topic under the name of its data: wrong at '/data_type'
// @ts-expect-error
({"topic": "overview", "data_type": "overview"}) satisfies DashboardTopic;

// null instead of filters: wrong at '/filters'
// @ts-expect-error
({"topic": "learnings", "filters": null}) satisfies DashboardTopic;

// filters as a list: wrong at '/filters'
// @ts-expect-error
({"topic": "learnings", "filters": [{"status": "active"}]}) satisfies DashboardTopic;

// several categories: wrong at '/filters/category'
// @ts-expect-error
({"topic": "learnings", "filters": {"category": ["correction", "solution"]}}) satisfies DashboardTopic;

// category in camelCase: wrong at '/filters/category'
// @ts-expect-error
({"topic": "learnings", "filters": {"category": "codePattern"}}) satisfies DashboardTopic;

// category by half its name: wrong at '/filters/category'
// @ts-expect-error
({"topic": "learnings", "filters": {"category": "pattern"}}) satisfies DashboardTopic;

// status with a hyphen: wrong at '/filters/status'
// @ts-expect-error
({"topic": "learnings", "filters": {"status": "under-review"}}) satisfies DashboardTopic;

// scope of an unknown level: wrong at '/filters/scope/level'
// @ts-expect-error
({"topic": "learnings", "filters": {"scope": {"level": "team"}}}) satisfies DashboardTopic;

// scope with a null name: wrong at '/filters/scope/name'
// @ts-expect-error
({"topic": "learnings", "filters": {"scope": {"level": "project", "name": null}}}) satisfies DashboardTopic;

// null limit: wrong at '/limit'
// @ts-expect-error
({"topic": "learnings", "limit": null}) satisfies DashboardTopic;

// a page in place of an offset: wrong at '/page'
// @ts-expect-error
({"topic": "learnings", "page": 2}) satisfies DashboardTopic;

// offset over a million: wrong at '/offset'
({"topic": "learnings", "offset": 1000001}) satisfies DashboardTopic;

// order with a direction: wrong at '/sort'
// @ts-expect-error
({"topic": "learnings", "sort": "-value"}) satisfies DashboardTopic;

// order in another case: wrong at '/sort'
// @ts-expect-error
({"topic": "learnings", "sort": "Recency"}) satisfies DashboardTopic;

// learning_detail with the id under two names: wrong at '/learning_id'
// @ts-expect-error
({"topic": "learning_detail", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01"}) satisfies DashboardTopic;

// learning_detail with a number: wrong at '/id'
// @ts-expect-error
({"topic": "learning_detail", "id": 42}) satisfies DashboardTopic;

// learning_detail with an id without hyphens: wrong at '/id'
({"topic": "learning_detail", "id": "01936f2a7c4e7a109b1d3f2e8c5d6a01"}) satisfies DashboardTopic;

// period in words: wrong at '/period'
// @ts-expect-error
({"topic": "attribution", "period": "7d"}) satisfies DashboardTopic;

// null period: wrong at '/period'
// @ts-expect-error
({"topic": "attribution", "period": null}) satisfies DashboardTopic;

// days beside the period: wrong at '/days'
// @ts-expect-error
({"topic": "attribution", "days": 30}) satisfies DashboardTopic;

// days as text: wrong at '/period/days'
// @ts-expect-error
({"topic": "attribution", "period": {"days": "30"}}) satisfies DashboardTopic;

// half a day: wrong at '/period/days'
({"topic": "attribution", "period": {"days": 0.5}}) satisfies DashboardTopic;

// period in weeks: wrong at '/period/weeks'
// @ts-expect-error
({"topic": "session_timeline", "period": {"days": 7, "weeks": 1}}) satisfies DashboardTopic;

// timeline limit of 0: wrong at '/limit'
({"topic": "session_timeline", "limit": 0}) satisfies DashboardTopic;

// timeline limit over 500: wrong at '/limit'
({"topic": "session_timeline", "limit": 501}) satisfies DashboardTopic;

// timeline with an offset: wrong at '/offset'
// @ts-expect-error
({"topic": "session_timeline", "offset": 100}) satisfies DashboardTopic;

// strategy_distributions of one category: wrong at '/category'
// @ts-expect-error
({"topic": "strategy_distributions", "category": "correction"}) satisfies DashboardTopic;

// overrides limit of 0: wrong at '/limit'
({"topic": "strategy_overrides", "limit": 0}) satisfies DashboardTopic;

// overrides limit over 500: wrong at '/limit'
({"topic": "strategy_overrides", "limit": 501}) satisfies DashboardTopic;

// overrides with an offset: wrong at '/offset'
// @ts-expect-error
({"topic": "strategy_overrides", "offset": 100}) satisfies DashboardTopic;

// health of one component: wrong at '/component'
// @ts-expect-error
({"topic": "health", "component": "extraction"}) satisfies DashboardTopic;

// session_started
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_started", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "scope": {"level": "project", "name": "vibes"}, "title": "Rewrite the parser"}) satisfies IngestEvent;

// session_started with nothing but an id
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_started", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser"}) satisfies IngestEvent;

// session_assessed without a score
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "outcome": "partial"}) satisfies IngestEvent;

// session_assessed with everything
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "outcome": "partial", "score": 0.6, "title": "Rewrite the parser"}) satisfies IngestEvent;

// learning_extracted
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "learning_extracted", "occurred_at": "2026-03-01T08:30:00Z", "learning": {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "scope": {"level": "project", "name": "vibes"}, "category": "code_pattern", "content": "Use snake_case for every name on the wire.", "confidence": 0.8, "extraction_method": "transcript", "source_session": "2026-02-20-refactor"}}) satisfies IngestEvent;

// learning_extracted from no session
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "learning_extracted", "occurred_at": "2026-03-01T08:30:00Z", "learning": {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "scope": {"level": "project", "name": "vibes"}, "category": "code_pattern", "content": "Use snake_case for every name on the wire.", "confidence": 0.8, "extraction_method": "transcript"}}) satisfies IngestEvent;

// learning_status_changed
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "learning_status_changed", "occurred_at": "2026-03-01T08:30:00Z", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "status": "under_review", "reason": "Contradicts another one."}) satisfies IngestEvent;

// learning_deleted
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "learning_deleted", "occurred_at": "2026-03-01T08:30:00Z", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01"}) satisfies IngestEvent;

// attribution_recorded
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "attribution_recorded", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "activated": true, "contribution": 0.4, "confidence": 0.7}) satisfies IngestEvent;

// attribution_recorded of one that was withheld
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "attribution_recorded", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "activated": false, "contribution": 0, "confidence": 0.7, "withheld": true}) satisfies IngestEvent;

// ablation_updated to in progress
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "ablation_updated", "occurred_at": "2026-03-01T08:30:00Z", "experiment_id": "exp-7", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "state": "in_progress"}) satisfies IngestEvent;

// ablation_updated to completed
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "ablation_updated", "occurred_at": "2026-03-01T08:30:00Z", "experiment_id": "exp-7", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "state": "completed", "value": 0.2, "confidence": 0.9}) satisfies IngestEvent;

// strategy_outcome
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "strategy_outcome", "occurred_at": "2026-03-01T08:30:00Z", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "session_id": "2026-03-01-parser", "context_type": "code_review", "variant": "deferred", "value": -0.2, "confidence": 0.6}) satisfies IngestEvent;

// adaptive_param_updated
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "adaptive_param_updated", "occurred_at": "2026-03-01T08:30:00Z", "name": "injection_threshold", "value": 0.62, "confidence": 0.7}) satisfies IngestEvent;

// component_reported
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "component_reported", "occurred_at": "2026-03-01T08:30:00Z", "component": "extraction", "status": "degraded", "message": "queue is long"}) satisfies IngestEvent;

// a time with a fraction of a second
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "occurred_at": "2026-03-01T08:30:00.5Z", "session_id": "2026-03-01-parser", "outcome": "partial"}) satisfies IngestEvent;

// a leap day
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "occurred_at": "2024-02-29T23:59:59Z", "session_id": "2026-03-01-parser", "outcome": "partial"}) satisfies IngestEvent;

// texts beyond the basic plane
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_started", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "scope": {"level": "project", "name": "vibes"}, "title": "Ship it 🚀"}) satisfies IngestEvent;

// no event_id: wrong at '/event_id'
// @ts-expect-error
({"type": "session_assessed", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "outcome": "partial"}) satisfies IngestEvent;

// an event_id that is no UUID: wrong at '/event_id'
({"event_id": "1", "type": "session_assessed", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "outcome": "partial"}) satisfies IngestEvent;

// an unknown type: wrong at '/type'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_ended", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "s"}) satisfies IngestEvent;

// a time in local form: wrong at '/occurred_at'
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "occurred_at": "2026-03-01 08:30:00", "session_id": "2026-03-01-parser", "outcome": "partial"}) satisfies IngestEvent;

// a time as a number: wrong at '/occurred_at'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "occurred_at": 1772353800, "session_id": "2026-03-01-parser", "outcome": "partial"}) satisfies IngestEvent;

// a time that is on no calendar: wrong at '/occurred_at'
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "occurred_at": "2025-02-29T00:00:00Z", "session_id": "2026-03-01-parser", "outcome": "partial"}) satisfies IngestEvent;

// a leap second: wrong at '/occurred_at'
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "occurred_at": "2016-12-31T23:59:60Z", "session_id": "2026-03-01-parser", "outcome": "partial"}) satisfies IngestEvent;

// a score over 1: wrong at '/score'
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "outcome": "partial", "score": 1.0001}) satisfies IngestEvent;

// a score as text: wrong at '/score'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "outcome": "partial", "score": "0.5"}) satisfies IngestEvent;

// an unknown outcome: wrong at '/outcome'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "outcome": "succeeded"}) satisfies IngestEvent;

// an empty session_id: wrong at '/session_id'
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "", "outcome": "partial"}) satisfies IngestEvent;

// a session_id over 200 characters: wrong at '/session_id'
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "outcome": "partial"}) satisfies IngestEvent;

// a session_id with a NUL: wrong at '/session_id'
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "a\u0000", "outcome": "partial"}) satisfies IngestEvent;

// content without a character: wrong at '/learning/content'
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "learning_extracted", "occurred_at": "2026-03-01T08:30:00Z", "learning": {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "scope": {"level": "project", "name": "vibes"}, "category": "code_pattern", "content": "", "confidence": 0.8, "extraction_method": "transcript", "source_session": "2026-02-20-refactor"}}) satisfies IngestEvent;

// a learning's field one level too high: wrong at '/confidence'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "learning_extracted", "occurred_at": "2026-03-01T08:30:00Z", "learning": {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "scope": {"level": "project", "name": "vibes"}, "category": "code_pattern", "content": "Use snake_case for every name on the wire.", "confidence": 0.8, "extraction_method": "transcript", "source_session": "2026-02-20-refactor"}, "confidence": 1}) satisfies IngestEvent;

// activated as a number: wrong at '/activated'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "attribution_recorded", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "activated": 1, "contribution": 0.4, "confidence": 0.7}) satisfies IngestEvent;

// a contribution below -1: wrong at '/contribution'
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "attribution_recorded", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "activated": true, "contribution": -1.5, "confidence": 0.7}) satisfies IngestEvent;

// null instead of nothing: wrong at '/withheld'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "attribution_recorded", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "activated": true, "contribution": 0.4, "confidence": 0.7, "withheld": null}) satisfies IngestEvent;

// an unknown variant: wrong at '/variant'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "strategy_outcome", "occurred_at": "2026-03-01T08:30:00Z", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "session_id": "2026-03-01-parser", "context_type": "code_review", "variant": "main", "value": -0.2, "confidence": 0.6}) satisfies IngestEvent;

// an unknown component: wrong at '/component'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "component_reported", "occurred_at": "2026-03-01T08:30:00Z", "component": "injector", "status": "ok", "message": ""}) satisfies IngestEvent;

// a component that reports to be unknown: wrong at '/status'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "component_reported", "occurred_at": "2026-03-01T08:30:00Z", "component": "strategy", "status": "unknown", "message": ""}) satisfies IngestEvent;

// a learning_id in upper case: wrong at '/learning_id'
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "strategy_outcome", "occurred_at": "2026-03-01T08:30:00Z", "learning_id": "01936F2A-7C4E-7A10-9B1D-3F2E8C5D6A01", "session_id": "2026-03-01-parser", "context_type": "code_review", "variant": "deferred", "value": -0.2, "confidence": 0.6}) satisfies IngestEvent;

// a property of another event: wrong at '/score'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_started", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "scope": {"level": "project", "name": "vibes"}, "title": "Rewrite the parser", "score": 1}) satisfies IngestEvent;

// a list of events: wrong at ''
// @ts-expect-error
([{"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "learning_deleted", "occurred_at": "2026-03-01T08:30:00Z", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01"}]) satisfies IngestEvent;

// a type in camelCase: wrong at '/type'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "learningDeleted", "occurred_at": "2026-03-01T08:30:00Z", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01"}) satisfies IngestEvent;

// a type with a dot: wrong at '/type'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session.started", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "scope": {"level": "project", "name": "vibes"}, "title": "Rewrite the parser"}) satisfies IngestEvent;

// an event_id in upper case: wrong at '/event_id'
({"event_id": "01936F2B-0000-7000-8000-0000000000E1", "type": "session_assessed", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "outcome": "partial", "score": 0.6, "title": "Rewrite the parser"}) satisfies IngestEvent;

// an event_id without hyphens: wrong at '/event_id'
({"event_id": "01936f2b0000700080000000000000e1", "type": "session_assessed", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "outcome": "partial", "score": 0.6, "title": "Rewrite the parser"}) satisfies IngestEvent;

// no time: wrong at '/occurred_at'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "session_id": "2026-03-01-parser", "outcome": "partial", "score": 0.6, "title": "Rewrite the parser"}) satisfies IngestEvent;

// a time without its zone: wrong at '/occurred_at'
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "occurred_at": "2026-03-01T08:30:00", "session_id": "2026-03-01-parser", "outcome": "partial", "score": 0.6, "title": "Rewrite the parser"}) satisfies IngestEvent;

// a time with an offset: wrong at '/occurred_at'
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "occurred_at": "2026-03-01T09:30:00+01:00", "session_id": "2026-03-01-parser", "outcome": "partial", "score": 0.6, "title": "Rewrite the parser"}) satisfies IngestEvent;

// a time in lower case: wrong at '/occurred_at'
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "occurred_at": "2026-03-01t08:30:00z", "session_id": "2026-03-01-parser", "outcome": "partial", "score": 0.6, "title": "Rewrite the parser"}) satisfies IngestEvent;

// a time of nanoseconds: wrong at '/occurred_at'
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "occurred_at": "2026-03-01T08:30:00.123456789Z", "session_id": "2026-03-01-parser", "outcome": "partial", "score": 0.6, "title": "Rewrite the parser"}) satisfies IngestEvent;

// a time without seconds: wrong at '/occurred_at'
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "occurred_at": "2026-03-01T08:30Z", "session_id": "2026-03-01-parser", "outcome": "partial", "score": 0.6, "title": "Rewrite the parser"}) satisfies IngestEvent;

// a date alone: wrong at '/occurred_at'
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "occurred_at": "2026-03-01", "session_id": "2026-03-01-parser", "outcome": "partial", "score": 0.6, "title": "Rewrite the parser"}) satisfies IngestEvent;

// the midnight of 24 o'clock: wrong at '/occurred_at'
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "occurred_at": "2026-03-01T24:00:00Z", "session_id": "2026-03-01-parser", "outcome": "partial", "score": 0.6, "title": "Rewrite the parser"}) satisfies IngestEvent;

// a score in percent: wrong at '/score'
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "outcome": "partial", "score": 60, "title": "Rewrite the parser"}) satisfies IngestEvent;

// a score of NaN, as text: wrong at '/score'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "outcome": "partial", "score": "NaN", "title": "Rewrite the parser"}) satisfies IngestEvent;

// a null score: wrong at '/score'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "outcome": "partial", "score": null, "title": "Rewrite the parser"}) satisfies IngestEvent;

// an outcome in another case: wrong at '/outcome'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "outcome": "Partial", "score": 0.6, "title": "Rewrite the parser"}) satisfies IngestEvent;

// a session_id as a number: wrong at '/session_id'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "occurred_at": "2026-03-01T08:30:00Z", "session_id": 17, "outcome": "partial", "score": 0.6, "title": "Rewrite the parser"}) satisfies IngestEvent;

// an empty title: wrong at '/title'
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_assessed", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "outcome": "partial", "score": 0.6, "title": ""}) satisfies IngestEvent;

// a scope as text: wrong at '/scope'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_started", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "scope": "project:vibes", "title": "Rewrite the parser"}) satisfies IngestEvent;

// a global scope with a null name: wrong at '/scope/name'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "session_started", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "scope": {"level": "global", "name": null}, "title": "Rewrite the parser"}) satisfies IngestEvent;

// a user scope without a name: wrong at '/learning/scope/name'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "learning_extracted", "occurred_at": "2026-03-01T08:30:00Z", "learning": {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "scope": {"level": "user"}, "category": "code_pattern", "content": "Use snake_case for every name on the wire.", "confidence": 0.8, "extraction_method": "transcript", "source_session": "2026-02-20-refactor"}}) satisfies IngestEvent;

// a scope with its level under a second name: wrong at '/learning/scope/type'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "learning_extracted", "occurred_at": "2026-03-01T08:30:00Z", "learning": {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "scope": {"level": "project", "name": "vibes", "type": "project"}, "category": "code_pattern", "content": "Use snake_case for every name on the wire.", "confidence": 0.8, "extraction_method": "transcript", "source_session": "2026-02-20-refactor"}}) satisfies IngestEvent;

// a learning by its id: wrong at '/learning'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "learning_extracted", "occurred_at": "2026-03-01T08:30:00Z", "learning": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01"}) satisfies IngestEvent;

// no learning: wrong at '/learning'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "learning_extracted", "occurred_at": "2026-03-01T08:30:00Z"}) satisfies IngestEvent;

// a category in another case: wrong at '/learning/category'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "learning_extracted", "occurred_at": "2026-03-01T08:30:00Z", "learning": {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "scope": {"level": "project", "name": "vibes"}, "category": "CodePattern", "content": "Use snake_case for every name on the wire.", "confidence": 0.8, "extraction_method": "transcript", "source_session": "2026-02-20-refactor"}}) satisfies IngestEvent;

// a category by half its name: wrong at '/learning/category'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "learning_extracted", "occurred_at": "2026-03-01T08:30:00Z", "learning": {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "scope": {"level": "project", "name": "vibes"}, "category": "pattern", "content": "Use snake_case for every name on the wire.", "confidence": 0.8, "extraction_method": "transcript", "source_session": "2026-02-20-refactor"}}) satisfies IngestEvent;

// a confidence in percent: wrong at '/learning/confidence'
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "learning_extracted", "occurred_at": "2026-03-01T08:30:00Z", "learning": {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "scope": {"level": "project", "name": "vibes"}, "category": "code_pattern", "content": "Use snake_case for every name on the wire.", "confidence": 80, "extraction_method": "transcript", "source_session": "2026-02-20-refactor"}}) satisfies IngestEvent;

// a confidence in words: wrong at '/learning/confidence'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "learning_extracted", "occurred_at": "2026-03-01T08:30:00Z", "learning": {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "scope": {"level": "project", "name": "vibes"}, "category": "code_pattern", "content": "Use snake_case for every name on the wire.", "confidence": "high", "extraction_method": "transcript", "source_session": "2026-02-20-refactor"}}) satisfies IngestEvent;

// null where no session is the source: wrong at '/learning/source_session'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "learning_extracted", "occurred_at": "2026-03-01T08:30:00Z", "learning": {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "scope": {"level": "project", "name": "vibes"}, "category": "code_pattern", "content": "Use snake_case for every name on the wire.", "confidence": 0.8, "extraction_method": "transcript", "source_session": null}}) satisfies IngestEvent;

// the source in camelCase: wrong at '/learning/sourceSession'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "learning_extracted", "occurred_at": "2026-03-01T08:30:00Z", "learning": {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "scope": {"level": "project", "name": "vibes"}, "category": "code_pattern", "content": "Use snake_case for every name on the wire.", "confidence": 0.8, "extraction_method": "transcript", "sourceSession": "2026-02-20-refactor"}}) satisfies IngestEvent;

// a status in another case: wrong at '/status'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "learning_status_changed", "occurred_at": "2026-03-01T08:30:00Z", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "status": "Active", "reason": "Contradicts another one."}) satisfies IngestEvent;

// a status with a hyphen: wrong at '/status'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "learning_status_changed", "occurred_at": "2026-03-01T08:30:00Z", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "status": "under-review", "reason": "Contradicts another one."}) satisfies IngestEvent;

// a null reason: wrong at '/reason'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "learning_status_changed", "occurred_at": "2026-03-01T08:30:00Z", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "status": "under_review", "reason": null}) satisfies IngestEvent;

// a deletion with a reason: wrong at '/reason'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "learning_deleted", "occurred_at": "2026-03-01T08:30:00Z", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "reason": "It hurts."}) satisfies IngestEvent;

// a deletion of several: wrong at '/learning_id'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "learning_deleted", "occurred_at": "2026-03-01T08:30:00Z", "learning_id": ["01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01"]}) satisfies IngestEvent;

// a contribution without activated: wrong at '/activated'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "attribution_recorded", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "contribution": 0.4, "confidence": 0.7}) satisfies IngestEvent;

// activated as text: wrong at '/activated'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "attribution_recorded", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "activated": "yes", "contribution": 0.4, "confidence": 0.7}) satisfies IngestEvent;

// a contribution in percent: wrong at '/contribution'
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "attribution_recorded", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "activated": true, "contribution": 40, "confidence": 0.7}) satisfies IngestEvent;

// a null contribution: wrong at '/contribution'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "attribution_recorded", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "activated": false, "contribution": null, "confidence": 0.7, "withheld": true}) satisfies IngestEvent;

// an attribution without confidence: wrong at '/confidence'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "attribution_recorded", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "activated": true, "contribution": 0.4}) satisfies IngestEvent;

// an attribution with the learning's content: wrong at '/content'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "attribution_recorded", "occurred_at": "2026-03-01T08:30:00Z", "session_id": "2026-03-01-parser", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "activated": true, "contribution": 0.4, "confidence": 0.7, "content": "Use snake_case for every name on the wire."}) satisfies IngestEvent;

// an experiment in another word: wrong at '/state'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "ablation_updated", "occurred_at": "2026-03-01T08:30:00Z", "experiment_id": "exp-7", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "state": "running"}) satisfies IngestEvent;

// an experiment by a number: wrong at '/experiment_id'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "ablation_updated", "occurred_at": "2026-03-01T08:30:00Z", "experiment_id": 7, "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "state": "in_progress"}) satisfies IngestEvent;

// null where nothing was measured yet: wrong at '/value'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "ablation_updated", "occurred_at": "2026-03-01T08:30:00Z", "experiment_id": "exp-7", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "state": "in_progress", "value": null}) satisfies IngestEvent;

// a success in place of a value: wrong at '/value'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "strategy_outcome", "occurred_at": "2026-03-01T08:30:00Z", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "session_id": "2026-03-01-parser", "context_type": "code_review", "variant": "deferred", "value": true, "confidence": 0.6}) satisfies IngestEvent;

// a variant in camelCase: wrong at '/variant'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "strategy_outcome", "occurred_at": "2026-03-01T08:30:00Z", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "session_id": "2026-03-01-parser", "context_type": "code_review", "variant": "mainContext", "value": -0.2, "confidence": 0.6}) satisfies IngestEvent;

// an unknown context: wrong at '/context_type'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "strategy_outcome", "occurred_at": "2026-03-01T08:30:00Z", "learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "session_id": "2026-03-01-parser", "context_type": "chat", "variant": "deferred", "value": -0.2, "confidence": 0.6}) satisfies IngestEvent;

// a parameter's value as text: wrong at '/value'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "adaptive_param_updated", "occurred_at": "2026-03-01T08:30:00Z", "name": "injection_threshold", "value": "0.62", "confidence": 0.7}) satisfies IngestEvent;

// a parameter beyond a billion: wrong at '/value'
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "adaptive_param_updated", "occurred_at": "2026-03-01T08:30:00Z", "name": "injection_threshold", "value": 10000000000.0, "confidence": 0.7}) satisfies IngestEvent;

// a report without words: wrong at '/message'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "component_reported", "occurred_at": "2026-03-01T08:30:00Z", "component": "extraction", "status": "degraded"}) satisfies IngestEvent;

// a report in another word: wrong at '/status'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "component_reported", "occurred_at": "2026-03-01T08:30:00Z", "component": "extraction", "status": "healthy", "message": "queue is long"}) satisfies IngestEvent;

// a report in another case: wrong at '/status'
// @ts-expect-error
({"event_id": "01936f2b-0000-7000-8000-0000000000e1", "type": "component_reported", "occurred_at": "2026-03-01T08:30:00Z", "component": "extraction", "status": "OK", "message": "queue is long"}) satisfies IngestEvent;

// two stored and one known before
({"accepted": 2, "duplicates": 1}) satisfies IngestResult;

// nothing sent
({"accepted": 0, "duplicates": 0}) satisfies IngestResult;

// a count as text: wrong at '/accepted'
// @ts-expect-error
({"accepted": "2", "duplicates": 0}) satisfies IngestResult;

// a negative count: wrong at '/duplicates'
({"accepted": 0, "duplicates": -1}) satisfies IngestResult;

// half an event: wrong at '/accepted'
({"accepted": 0.5, "duplicates": 0}) satisfies IngestResult;

// duplicates left out because there are none: wrong at '/duplicates'
// @ts-expect-error
({"accepted": 0}) satisfies IngestResult;

// faults beside the counts: wrong at '/errors'
// @ts-expect-error
({"accepted": 0, "duplicates": 0, "errors": []}) satisfies IngestResult;

// an unknown learning
({"type": "about:blank", "title": "Not Found", "status": 404, "detail": "There is no such learning.", "code": "not_found"}) satisfies Problem;

// a wrong parameter
({"type": "about:blank", "title": "Unprocessable Entity", "status": 422, "detail": "A parameter is wrong.", "code": "invalid_message", "details": [{"path": "/days", "message": "This must be at least 1."}]}) satisfies Problem;

// invalid events
({"type": "about:blank", "title": "Unprocessable Entity", "status": 422, "detail": "An event is not valid; nothing was stored.", "code": "invalid_message", "errors": [{"index": 3, "path": "/learning/category", "message": "This must be one of the categories."}]}) satisfies Problem;

// what has no code on the socket
({"type": "about:blank", "title": "Upgrade Required", "status": 426}) satisfies Problem;

// a text in place of a problem: wrong at ''
// @ts-expect-error
("There is no such learning.") satisfies Problem;

// a status as text: wrong at '/status'
// @ts-expect-error
({"type": "about:blank", "title": "Not Found", "status": "404", "detail": "There is no such learning.", "code": "not_found"}) satisfies Problem;

// a status that is no failure: wrong at '/status'
({"type": "about:blank", "title": "Not Found", "status": 200, "detail": "There is no such learning.", "code": "not_found"}) satisfies Problem;

// a code in upper case: wrong at '/code'
// @ts-expect-error
({"type": "about:blank", "title": "Not Found", "status": 404, "detail": "There is no such learning.", "code": "NOT_FOUND"}) satisfies Problem;

// a null code: wrong at '/code'
// @ts-expect-error
({"type": "about:blank", "title": "Upgrade Required", "status": 426, "code": null}) satisfies Problem;

// a message in place of the detail: wrong at '/message'
// @ts-expect-error
({"type": "about:blank", "title": "Upgrade Required", "status": 426, "message": "No upgrade."}) satisfies Problem;

// no title: wrong at '/title'
// @ts-expect-error
({"type": "about:blank", "status": 404, "detail": "There is no such learning.", "code": "not_found"}) satisfies Problem;

// details by their place: wrong at '/details'
// @ts-expect-error
({"type": "about:blank", "title": "Unprocessable Entity", "status": 422, "detail": "A parameter is wrong.", "code": "invalid_message", "details": {"/days": "This must be at least 1."}}) satisfies Problem;

// a fault of an event without its index: wrong at '/errors/0/index'
// @ts-expect-error
({"type": "about:blank", "title": "Unprocessable Entity", "status": 422, "detail": "An event is not valid; nothing was stored.", "code": "invalid_message", "errors": [{"path": "/learning/category", "message": "This must be one of the categories."}]}) satisfies Problem;

// an index before the first: wrong at '/errors/0/index'
({"type": "about:blank", "title": "Unprocessable Entity", "status": 422, "detail": "An event is not valid; nothing was stored.", "code": "invalid_message", "errors": [{"index": -1, "path": "/learning/category", "message": "This must be one of the categories."}]}) satisfies Problem;

// overview
({"data_type": "overview", "trends": {"sparkline": [{"date": "2026-02-23", "mean_score": null, "session_count": 0}, {"date": "2026-02-24", "mean_score": 0.75, "session_count": 2}], "improvement": 0.071429, "direction": "rising", "session_count": 2, "period_days": 7}, "learnings": {"total": 2, "active": 1, "by_category": {"code_pattern": 1, "preference": 1}, "by_status": {"active": 1, "under_review": 1}, "recent": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}]}, "attribution": {"top_contributors": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "estimated_value": 0.307692, "confidence": 0.792308}], "under_review_count": 1, "negative_count": 0}, "health": {"overall_status": "degraded", "assessment_coverage": 0.8, "ablation_coverage": 0.5, "last_activity": "2026-03-01T08:30:00Z"}}) satisfies TopicData;

// overview of an empty store
({"data_type": "overview", "trends": {"sparkline": [], "improvement": null, "direction": "stable", "session_count": 0, "period_days": 7}, "learnings": {"total": 0, "active": 0, "by_category": {}, "by_status": {}, "recent": []}, "attribution": {"top_contributors": [], "under_review_count": 0, "negative_count": 0}, "health": {"overall_status": "unknown", "assessment_coverage": null, "ablation_coverage": null, "last_activity": null}}) satisfies TopicData;

// learnings
({"data_type": "learnings", "learnings": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}, {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "global"}, "status": "disabled", "estimated_value": -0.12, "confidence": 0, "session_count": 0, "created_at": "2026-03-01T08:30:00Z"}], "total": 24}) satisfies TopicData;

// learning_detail
({"data_type": "learning_detail", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z", "status_reason": null, "times_injected": 15, "activation_rate": 0.8, "temporal_value": 0.4, "temporal_confidence": 0.713049, "ablation": {"state": "completed", "value": 0.2, "confidence": 0.9}, "source_session": "2026-02-20-refactor", "extraction_method": "transcript", "history": [{"date": "2026-02-28", "mean_contribution": null, "session_count": 0}, {"date": "2026-03-01", "mean_contribution": -0.05, "session_count": 1}]}) satisfies TopicData;

// learning_detail without an experiment
({"data_type": "learning_detail", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z", "status_reason": null, "times_injected": 15, "activation_rate": 0.8, "temporal_value": 0.4, "temporal_confidence": 0.713049, "ablation": {"state": "pending", "value": null, "confidence": null}, "source_session": null, "extraction_method": "transcript", "history": [{"date": "2026-02-28", "mean_contribution": null, "session_count": 0}, {"date": "2026-03-01", "mean_contribution": -0.05, "session_count": 1}]}) satisfies TopicData;

// attribution
({"data_type": "attribution", "period_days": 7, "top_contributors": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "status": "active"}], "negative_impact": [], "ablation_coverage": {"coverage": 0.5, "completed": 1, "in_progress": 0, "pending": 1}}) satisfies TopicData;

// session_timeline
({"data_type": "session_timeline", "period_days": 30, "sessions": [{"session_id": "2026-03-01-parser", "title": "Rewrite the parser", "assessed_at": "2026-03-01T08:30:00Z", "score": 0.75, "outcome": "partial", "learnings_activated": 2, "contributions": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "contribution": 0.4}, {"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02", "content": "(deleted learning)", "contribution": -0.1}], "warning": "1 activated learning has a negative lifetime value"}, {"session_id": "s", "title": null, "assessed_at": "2026-03-01T08:30:00Z", "score": 0, "outcome": "abandoned", "learnings_activated": 0, "contributions": [], "warning": null}], "total": 2}) satisfies TopicData;

// strategy_distributions
({"data_type": "strategy_distributions", "distributions": [{"category": "correction", "context_type": "interactive", "session_count": 3, "weights": [{"variant": "main_context", "weight": 0.3}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}]}], "specialized_count": 0, "total_learnings": 24}) satisfies TopicData;

// strategy_overrides
({"data_type": "strategy_overrides", "overrides": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "session_count": 8, "is_specialized": false, "weights": [{"variant": "main_context", "weight": 0.3}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}], "base_weights": [{"variant": "main_context", "weight": 0.3}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}], "sessions_to_specialize": 12}], "total": 1}) satisfies TopicData;

// health
({"data_type": "health", "overall_status": "unknown", "components": [{"component": "assessment", "status": "ok", "last_activity": "2026-03-01T08:30:00Z", "message": "12 sessions assessed", "coverage": 0.8, "item_count": 112}, {"component": "extraction", "status": "degraded", "last_activity": "2026-03-01T08:30:00Z", "message": "", "coverage": null, "item_count": 24}, {"component": "attribution", "status": "ok", "last_activity": "2026-03-01T08:30:00Z", "message": "up to date", "coverage": 0.5, "item_count": 340}, {"component": "strategy", "status": "unknown", "last_activity": null, "message": null, "coverage": null, "item_count": 0}], "adaptive_params": [{"name": "injection_threshold", "current_value": 0.62, "confidence": 0.7, "trend": "rising", "history": [0.5, 0.55, 0.62]}], "recent_activity": [{"occurred_at": "2026-03-01T08:30:00Z", "component": "attribution", "status": "ok", "message": "up to date"}]}) satisfies TopicData;

// no data_type: wrong at '/data_type'
// @ts-expect-error
({"overrides": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "session_count": 8, "is_specialized": false, "weights": [{"variant": "main_context", "weight": 0.3}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}], "base_weights": [{"variant": "main_context", "weight": 0.3}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}], "sessions_to_specialize": 12}], "total": 1}) satisfies TopicData;

// a data_type that is no topic: wrong at '/data_type'
// @ts-expect-error
({"data_type": "summary"}) satisfies TopicData;

// a nullable figure left out: wrong at '/trends/improvement'
// @ts-expect-error
({"data_type": "overview", "trends": {"sparkline": [{"date": "2026-02-23", "mean_score": null, "session_count": 0}, {"date": "2026-02-24", "mean_score": 0.75, "session_count": 2}], "direction": "rising", "session_count": 2, "period_days": 7}, "learnings": {"total": 2, "active": 1, "by_category": {"code_pattern": 1, "preference": 1}, "by_status": {"active": 1, "under_review": 1}, "recent": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}]}, "attribution": {"top_contributors": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "estimated_value": 0.307692, "confidence": 0.792308}], "under_review_count": 1, "negative_count": 0}, "health": {"overall_status": "degraded", "assessment_coverage": 0.8, "ablation_coverage": 0.5, "last_activity": "2026-03-01T08:30:00Z"}}) satisfies TopicData;

// null where a figure must stand: wrong at '/learnings/total'
// @ts-expect-error
({"data_type": "overview", "trends": {"sparkline": [{"date": "2026-02-23", "mean_score": null, "session_count": 0}, {"date": "2026-02-24", "mean_score": 0.75, "session_count": 2}], "improvement": 0.071429, "direction": "rising", "session_count": 2, "period_days": 7}, "learnings": {"total": null, "active": 1, "by_category": {"code_pattern": 1, "preference": 1}, "by_status": {"active": 1, "under_review": 1}, "recent": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}]}, "attribution": {"top_contributors": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "estimated_value": 0.307692, "confidence": 0.792308}], "under_review_count": 1, "negative_count": 0}, "health": {"overall_status": "degraded", "assessment_coverage": 0.8, "ablation_coverage": 0.5, "last_activity": "2026-03-01T08:30:00Z"}}) satisfies TopicData;

// a percentage: wrong at '/health/assessment_coverage'
({"data_type": "overview", "trends": {"sparkline": [{"date": "2026-02-23", "mean_score": null, "session_count": 0}, {"date": "2026-02-24", "mean_score": 0.75, "session_count": 2}], "improvement": 0.071429, "direction": "rising", "session_count": 2, "period_days": 7}, "learnings": {"total": 2, "active": 1, "by_category": {"code_pattern": 1, "preference": 1}, "by_status": {"active": 1, "under_review": 1}, "recent": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}]}, "attribution": {"top_contributors": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "estimated_value": 0.307692, "confidence": 0.792308}], "under_review_count": 1, "negative_count": 0}, "health": {"overall_status": "degraded", "assessment_coverage": 80, "ablation_coverage": 0.5, "last_activity": "2026-03-01T08:30:00Z"}}) satisfies TopicData;

// an unknown category as a key: wrong at '/learnings/by_category/style'
// @ts-expect-error
({"data_type": "overview", "trends": {"sparkline": [{"date": "2026-02-23", "mean_score": null, "session_count": 0}, {"date": "2026-02-24", "mean_score": 0.75, "session_count": 2}], "improvement": 0.071429, "direction": "rising", "session_count": 2, "period_days": 7}, "learnings": {"total": 2, "active": 1, "by_category": {"style": 1}, "by_status": {"active": 1, "under_review": 1}, "recent": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}]}, "attribution": {"top_contributors": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "estimated_value": 0.307692, "confidence": 0.792308}], "under_review_count": 1, "negative_count": 0}, "health": {"overall_status": "degraded", "assessment_coverage": 0.8, "ablation_coverage": 0.5, "last_activity": "2026-03-01T08:30:00Z"}}) satisfies TopicData;

// a negative count: wrong at '/learnings/by_status/active'
({"data_type": "overview", "trends": {"sparkline": [{"date": "2026-02-23", "mean_score": null, "session_count": 0}, {"date": "2026-02-24", "mean_score": 0.75, "session_count": 2}], "improvement": 0.071429, "direction": "rising", "session_count": 2, "period_days": 7}, "learnings": {"total": 2, "active": 1, "by_category": {"code_pattern": 1, "preference": 1}, "by_status": {"active": -1}, "recent": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}]}, "attribution": {"top_contributors": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "estimated_value": 0.307692, "confidence": 0.792308}], "under_review_count": 1, "negative_count": 0}, "health": {"overall_status": "degraded", "assessment_coverage": 0.8, "ablation_coverage": 0.5, "last_activity": "2026-03-01T08:30:00Z"}}) satisfies TopicData;

// a day that is on no calendar: wrong at '/trends/sparkline/0/date'
({"data_type": "overview", "trends": {"sparkline": [{"date": "2026-02-30", "mean_score": null, "session_count": 0}, {"date": "2026-02-24", "mean_score": 0.75, "session_count": 2}], "improvement": 0.071429, "direction": "rising", "session_count": 2, "period_days": 7}, "learnings": {"total": 2, "active": 1, "by_category": {"code_pattern": 1, "preference": 1}, "by_status": {"active": 1, "under_review": 1}, "recent": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}]}, "attribution": {"top_contributors": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "estimated_value": 0.307692, "confidence": 0.792308}], "under_review_count": 1, "negative_count": 0}, "health": {"overall_status": "degraded", "assessment_coverage": 0.8, "ablation_coverage": 0.5, "last_activity": "2026-03-01T08:30:00Z"}}) satisfies TopicData;

// another period: wrong at '/trends/period_days'
// @ts-expect-error
({"data_type": "overview", "trends": {"sparkline": [{"date": "2026-02-23", "mean_score": null, "session_count": 0}, {"date": "2026-02-24", "mean_score": 0.75, "session_count": 2}], "improvement": 0.071429, "direction": "rising", "session_count": 2, "period_days": 30}, "learnings": {"total": 2, "active": 1, "by_category": {"code_pattern": 1, "preference": 1}, "by_status": {"active": 1, "under_review": 1}, "recent": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}]}, "attribution": {"top_contributors": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "estimated_value": 0.307692, "confidence": 0.792308}], "under_review_count": 1, "negative_count": 0}, "health": {"overall_status": "degraded", "assessment_coverage": 0.8, "ablation_coverage": 0.5, "last_activity": "2026-03-01T08:30:00Z"}}) satisfies TopicData;

// a time with an offset: wrong at '/learnings/0/created_at'
({"data_type": "learnings", "learnings": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T09:30:00+01:00"}, {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "global"}, "status": "disabled", "estimated_value": -0.12, "confidence": 0, "session_count": 0, "created_at": "2026-03-01T08:30:00Z"}], "total": 24}) satisfies TopicData;

// a project scope without a name: wrong at '/learnings/0/scope/name'
// @ts-expect-error
({"data_type": "learnings", "learnings": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}, {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "global"}, "status": "disabled", "estimated_value": -0.12, "confidence": 0, "session_count": 0, "created_at": "2026-03-01T08:30:00Z"}], "total": 24}) satisfies TopicData;

// a global scope with a name: wrong at '/learnings/1/scope/name'
// @ts-expect-error
({"data_type": "learnings", "learnings": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}, {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "global", "name": "x"}, "status": "disabled", "estimated_value": -0.12, "confidence": 0, "session_count": 0, "created_at": "2026-03-01T08:30:00Z"}], "total": 24}) satisfies TopicData;

// an unknown scope level: wrong at '/learnings/0/scope/level'
// @ts-expect-error
({"data_type": "learnings", "learnings": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "team", "name": "x"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}, {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "global"}, "status": "disabled", "estimated_value": -0.12, "confidence": 0, "session_count": 0, "created_at": "2026-03-01T08:30:00Z"}], "total": 24}) satisfies TopicData;

// a value below -1: wrong at '/sessions/0/contributions/1/contribution'
({"data_type": "session_timeline", "period_days": 30, "sessions": [{"session_id": "2026-03-01-parser", "title": "Rewrite the parser", "assessed_at": "2026-03-01T08:30:00Z", "score": 0.75, "outcome": "partial", "learnings_activated": 2, "contributions": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "contribution": 0.4}, {"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02", "content": "(deleted learning)", "contribution": -1.01}], "warning": "1 activated learning has a negative lifetime value"}, {"session_id": "s", "title": null, "assessed_at": "2026-03-01T08:30:00Z", "score": 0, "outcome": "abandoned", "learnings_activated": 0, "contributions": [], "warning": null}], "total": 2}) satisfies TopicData;

// overrides without their total: wrong at '/total'
// @ts-expect-error
({"data_type": "strategy_overrides", "overrides": []}) satisfies TopicData;

// a boolean as a number: wrong at '/overrides/0/is_specialized'
// @ts-expect-error
({"data_type": "strategy_overrides", "overrides": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "session_count": 8, "is_specialized": 0, "weights": [{"variant": "main_context", "weight": 0.3}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}], "base_weights": [{"variant": "main_context", "weight": 0.3}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}], "sessions_to_specialize": 12}], "total": 1}) satisfies TopicData;

// a component that reports to be unknown: wrong at '/recent_activity/0/status'
// @ts-expect-error
({"data_type": "health", "overall_status": "unknown", "components": [{"component": "assessment", "status": "ok", "last_activity": "2026-03-01T08:30:00Z", "message": "12 sessions assessed", "coverage": 0.8, "item_count": 112}, {"component": "extraction", "status": "degraded", "last_activity": "2026-03-01T08:30:00Z", "message": "", "coverage": null, "item_count": 24}, {"component": "attribution", "status": "ok", "last_activity": "2026-03-01T08:30:00Z", "message": "up to date", "coverage": 0.5, "item_count": 340}, {"component": "strategy", "status": "unknown", "last_activity": null, "message": null, "coverage": null, "item_count": 0}], "adaptive_params": [{"name": "injection_threshold", "current_value": 0.62, "confidence": 0.7, "trend": "rising", "history": [0.5, 0.55, 0.62]}], "recent_activity": [{"occurred_at": "2026-03-01T08:30:00Z", "component": "attribution", "status": "unknown", "message": "up to date"}]}) satisfies TopicData;

// the moment of asking: wrong at '/generated_at'
// @ts-expect-error
({"data_type": "health", "overall_status": "unknown", "components": [{"component": "assessment", "status": "ok", "last_activity": "2026-03-01T08:30:00Z", "message": "12 sessions assessed", "coverage": 0.8, "item_count": 112}, {"component": "extraction", "status": "degraded", "last_activity": "2026-03-01T08:30:00Z", "message": "", "coverage": null, "item_count": 24}, {"component": "attribution", "status": "ok", "last_activity": "2026-03-01T08:30:00Z", "message": "up to date", "coverage": 0.5, "item_count": 340}, {"component": "strategy", "status": "unknown", "last_activity": null, "message": null, "coverage": null, "item_count": 0}], "adaptive_params": [{"name": "injection_threshold", "current_value": 0.62, "confidence": 0.7, "trend": "rising", "history": [0.5, 0.55, 0.62]}], "recent_activity": [{"occurred_at": "2026-03-01T08:30:00Z", "component": "attribution", "status": "ok", "message": "up to date"}], "generated_at": "2026-03-01T08:30:00Z"}) satisfies TopicData;

// a date with a time: wrong at '/trends/sparkline/0/date'
({"data_type": "overview", "trends": {"sparkline": [{"date": "2026-02-23T00:00:00Z", "mean_score": null, "session_count": 0}, {"date": "2026-02-24", "mean_score": 0.75, "session_count": 2}], "improvement": 0.071429, "direction": "rising", "session_count": 2, "period_days": 7}, "learnings": {"total": 2, "active": 1, "by_category": {"code_pattern": 1, "preference": 1}, "by_status": {"active": 1, "under_review": 1}, "recent": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}]}, "attribution": {"top_contributors": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "estimated_value": 0.307692, "confidence": 0.792308}], "under_review_count": 1, "negative_count": 0}, "health": {"overall_status": "degraded", "assessment_coverage": 0.8, "ablation_coverage": 0.5, "last_activity": "2026-03-01T08:30:00Z"}}) satisfies TopicData;

// a sparkline of bare numbers: wrong at '/trends/sparkline/0'
// @ts-expect-error
({"data_type": "overview", "trends": {"sparkline": [0.75, {"date": "2026-02-24", "mean_score": 0.75, "session_count": 2}], "improvement": 0.071429, "direction": "rising", "session_count": 2, "period_days": 7}, "learnings": {"total": 2, "active": 1, "by_category": {"code_pattern": 1, "preference": 1}, "by_status": {"active": 1, "under_review": 1}, "recent": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}]}, "attribution": {"top_contributors": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "estimated_value": 0.307692, "confidence": 0.792308}], "under_review_count": 1, "negative_count": 0}, "health": {"overall_status": "degraded", "assessment_coverage": 0.8, "ablation_coverage": 0.5, "last_activity": "2026-03-01T08:30:00Z"}}) satisfies TopicData;

// NaN as text: wrong at '/trends/sparkline/0/mean_score'
// @ts-expect-error
({"data_type": "overview", "trends": {"sparkline": [{"date": "2026-02-23", "mean_score": "NaN", "session_count": 0}, {"date": "2026-02-24", "mean_score": 0.75, "session_count": 2}], "improvement": 0.071429, "direction": "rising", "session_count": 2, "period_days": 7}, "learnings": {"total": 2, "active": 1, "by_category": {"code_pattern": 1, "preference": 1}, "by_status": {"active": 1, "under_review": 1}, "recent": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}]}, "attribution": {"top_contributors": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "estimated_value": 0.307692, "confidence": 0.792308}], "under_review_count": 1, "negative_count": 0}, "health": {"overall_status": "degraded", "assessment_coverage": 0.8, "ablation_coverage": 0.5, "last_activity": "2026-03-01T08:30:00Z"}}) satisfies TopicData;

// an improvement in percent, as text: wrong at '/trends/improvement'
// @ts-expect-error
({"data_type": "overview", "trends": {"sparkline": [{"date": "2026-02-23", "mean_score": null, "session_count": 0}, {"date": "2026-02-24", "mean_score": 0.75, "session_count": 2}], "improvement": "+7 %", "direction": "rising", "session_count": 2, "period_days": 7}, "learnings": {"total": 2, "active": 1, "by_category": {"code_pattern": 1, "preference": 1}, "by_status": {"active": 1, "under_review": 1}, "recent": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}]}, "attribution": {"top_contributors": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "estimated_value": 0.307692, "confidence": 0.792308}], "under_review_count": 1, "negative_count": 0}, "health": {"overall_status": "degraded", "assessment_coverage": 0.8, "ablation_coverage": 0.5, "last_activity": "2026-03-01T08:30:00Z"}}) satisfies TopicData;

// a direction in another word: wrong at '/trends/direction'
// @ts-expect-error
({"data_type": "overview", "trends": {"sparkline": [{"date": "2026-02-23", "mean_score": null, "session_count": 0}, {"date": "2026-02-24", "mean_score": 0.75, "session_count": 2}], "improvement": 0.071429, "direction": "up", "session_count": 2, "period_days": 7}, "learnings": {"total": 2, "active": 1, "by_category": {"code_pattern": 1, "preference": 1}, "by_status": {"active": 1, "under_review": 1}, "recent": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}]}, "attribution": {"top_contributors": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "estimated_value": 0.307692, "confidence": 0.792308}], "under_review_count": 1, "negative_count": 0}, "health": {"overall_status": "degraded", "assessment_coverage": 0.8, "ablation_coverage": 0.5, "last_activity": "2026-03-01T08:30:00Z"}}) satisfies TopicData;

// a status in another case as a key: wrong at '/learnings/by_status/Active'
// @ts-expect-error
({"data_type": "overview", "trends": {"sparkline": [{"date": "2026-02-23", "mean_score": null, "session_count": 0}, {"date": "2026-02-24", "mean_score": 0.75, "session_count": 2}], "improvement": 0.071429, "direction": "rising", "session_count": 2, "period_days": 7}, "learnings": {"total": 2, "active": 1, "by_category": {"code_pattern": 1, "preference": 1}, "by_status": {"active": 1, "under_review": 1, "Active": 1}, "recent": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}]}, "attribution": {"top_contributors": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "estimated_value": 0.307692, "confidence": 0.792308}], "under_review_count": 1, "negative_count": 0}, "health": {"overall_status": "degraded", "assessment_coverage": 0.8, "ablation_coverage": 0.5, "last_activity": "2026-03-01T08:30:00Z"}}) satisfies TopicData;

// a category in camelCase as a key: wrong at '/learnings/by_category/codePattern'
// @ts-expect-error
({"data_type": "overview", "trends": {"sparkline": [{"date": "2026-02-23", "mean_score": null, "session_count": 0}, {"date": "2026-02-24", "mean_score": 0.75, "session_count": 2}], "improvement": 0.071429, "direction": "rising", "session_count": 2, "period_days": 7}, "learnings": {"total": 2, "active": 1, "by_category": {"code_pattern": 1, "preference": 1, "codePattern": 1}, "by_status": {"active": 1, "under_review": 1}, "recent": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}]}, "attribution": {"top_contributors": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "estimated_value": 0.307692, "confidence": 0.792308}], "under_review_count": 1, "negative_count": 0}, "health": {"overall_status": "degraded", "assessment_coverage": 0.8, "ablation_coverage": 0.5, "last_activity": "2026-03-01T08:30:00Z"}}) satisfies TopicData;

// counts as a list: wrong at '/learnings/by_category'
// @ts-expect-error
({"data_type": "overview", "trends": {"sparkline": [{"date": "2026-02-23", "mean_score": null, "session_count": 0}, {"date": "2026-02-24", "mean_score": 0.75, "session_count": 2}], "improvement": 0.071429, "direction": "rising", "session_count": 2, "period_days": 7}, "learnings": {"total": 2, "active": 1, "by_category": [{"category": "code_pattern", "count": 1}], "by_status": {"active": 1, "under_review": 1}, "recent": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}]}, "attribution": {"top_contributors": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "estimated_value": 0.307692, "confidence": 0.792308}], "under_review_count": 1, "negative_count": 0}, "health": {"overall_status": "degraded", "assessment_coverage": 0.8, "ablation_coverage": 0.5, "last_activity": "2026-03-01T08:30:00Z"}}) satisfies TopicData;

// a status of health in another word: wrong at '/health/overall_status'
// @ts-expect-error
({"data_type": "overview", "trends": {"sparkline": [{"date": "2026-02-23", "mean_score": null, "session_count": 0}, {"date": "2026-02-24", "mean_score": 0.75, "session_count": 2}], "improvement": 0.071429, "direction": "rising", "session_count": 2, "period_days": 7}, "learnings": {"total": 2, "active": 1, "by_category": {"code_pattern": 1, "preference": 1}, "by_status": {"active": 1, "under_review": 1}, "recent": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}]}, "attribution": {"top_contributors": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "estimated_value": 0.307692, "confidence": 0.792308}], "under_review_count": 1, "negative_count": 0}, "health": {"overall_status": "healthy", "assessment_coverage": 0.8, "ablation_coverage": 0.5, "last_activity": "2026-03-01T08:30:00Z"}}) satisfies TopicData;

// the last activity as a number: wrong at '/health/last_activity'
// @ts-expect-error
({"data_type": "overview", "trends": {"sparkline": [{"date": "2026-02-23", "mean_score": null, "session_count": 0}, {"date": "2026-02-24", "mean_score": 0.75, "session_count": 2}], "improvement": 0.071429, "direction": "rising", "session_count": 2, "period_days": 7}, "learnings": {"total": 2, "active": 1, "by_category": {"code_pattern": 1, "preference": 1}, "by_status": {"active": 1, "under_review": 1}, "recent": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}]}, "attribution": {"top_contributors": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "estimated_value": 0.307692, "confidence": 0.792308}], "under_review_count": 1, "negative_count": 0}, "health": {"overall_status": "degraded", "assessment_coverage": 0.8, "ablation_coverage": 0.5, "last_activity": 1772353800}}) satisfies TopicData;

// null instead of an empty list: wrong at '/learnings/recent'
// @ts-expect-error
({"data_type": "overview", "trends": {"sparkline": [], "improvement": null, "direction": "stable", "session_count": 0, "period_days": 7}, "learnings": {"total": 0, "active": 0, "by_category": {}, "by_status": {}, "recent": null}, "attribution": {"top_contributors": [], "under_review_count": 0, "negative_count": 0}, "health": {"overall_status": "unknown", "assessment_coverage": null, "ablation_coverage": null, "last_activity": null}}) satisfies TopicData;

// a status in another case: wrong at '/learnings/0/status'
// @ts-expect-error
({"data_type": "learnings", "learnings": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "Active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}, {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "global"}, "status": "disabled", "estimated_value": -0.12, "confidence": 0, "session_count": 0, "created_at": "2026-03-01T08:30:00Z"}], "total": 24}) satisfies TopicData;

// a category by half its name: wrong at '/learnings/0/category'
// @ts-expect-error
({"data_type": "learnings", "learnings": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}, {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "global"}, "status": "disabled", "estimated_value": -0.12, "confidence": 0, "session_count": 0, "created_at": "2026-03-01T08:30:00Z"}], "total": 24}) satisfies TopicData;

// a category with a hyphen: wrong at '/learnings/0/category'
// @ts-expect-error
({"data_type": "learnings", "learnings": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code-pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}, {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "global"}, "status": "disabled", "estimated_value": -0.12, "confidence": 0, "session_count": 0, "created_at": "2026-03-01T08:30:00Z"}], "total": 24}) satisfies TopicData;

// a value in percent: wrong at '/learnings/0/estimated_value'
({"data_type": "learnings", "learnings": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 30.7692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}, {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "global"}, "status": "disabled", "estimated_value": -0.12, "confidence": 0, "session_count": 0, "created_at": "2026-03-01T08:30:00Z"}], "total": 24}) satisfies TopicData;

// a value under a second name, in camelCase: wrong at '/learnings/0/estimatedValue'
// @ts-expect-error
({"data_type": "learnings", "learnings": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z", "estimatedValue": 0.307692}, {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "global"}, "status": "disabled", "estimated_value": -0.12, "confidence": 0, "session_count": 0, "created_at": "2026-03-01T08:30:00Z"}], "total": 24}) satisfies TopicData;

// a time without its zone: wrong at '/learnings/0/created_at'
({"data_type": "learnings", "learnings": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456"}, {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "global"}, "status": "disabled", "estimated_value": -0.12, "confidence": 0, "session_count": 0, "created_at": "2026-03-01T08:30:00Z"}], "total": 24}) satisfies TopicData;

// a date in place of a time: wrong at '/learnings/0/created_at'
({"data_type": "learnings", "learnings": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01"}, {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "global"}, "status": "disabled", "estimated_value": -0.12, "confidence": 0, "session_count": 0, "created_at": "2026-03-01T08:30:00Z"}], "total": 24}) satisfies TopicData;

// an id in upper case: wrong at '/learnings/0/id'
({"data_type": "learnings", "learnings": [{"id": "01936F2A-7C4E-7A10-9B1D-3F2E8C5D6A01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}, {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "global"}, "status": "disabled", "estimated_value": -0.12, "confidence": 0, "session_count": 0, "created_at": "2026-03-01T08:30:00Z"}], "total": 24}) satisfies TopicData;

// a scope as text: wrong at '/learnings/0/scope'
// @ts-expect-error
({"data_type": "learnings", "learnings": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": "project:vibes", "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}, {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "global"}, "status": "disabled", "estimated_value": -0.12, "confidence": 0, "session_count": 0, "created_at": "2026-03-01T08:30:00Z"}], "total": 24}) satisfies TopicData;

// a total as text: wrong at '/total'
// @ts-expect-error
({"data_type": "learnings", "learnings": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}, {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "global"}, "status": "disabled", "estimated_value": -0.12, "confidence": 0, "session_count": 0, "created_at": "2026-03-01T08:30:00Z"}], "total": "24"}) satisfies TopicData;

// half a learning: wrong at '/total'
({"data_type": "learnings", "learnings": [{"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z"}, {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "global"}, "status": "disabled", "estimated_value": -0.12, "confidence": 0, "session_count": 0, "created_at": "2026-03-01T08:30:00Z"}], "total": 24.5}) satisfies TopicData;

// a rate in percent: wrong at '/activation_rate'
({"data_type": "learning_detail", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z", "status_reason": null, "times_injected": 15, "activation_rate": 75, "temporal_value": 0.4, "temporal_confidence": 0.713049, "ablation": {"state": "completed", "value": 0.2, "confidence": 0.9}, "source_session": "2026-02-20-refactor", "extraction_method": "transcript", "history": [{"date": "2026-02-28", "mean_contribution": null, "session_count": 0}, {"date": "2026-03-01", "mean_contribution": -0.05, "session_count": 1}]}) satisfies TopicData;

// a confidence in words: wrong at '/confidence'
// @ts-expect-error
({"data_type": "learning_detail", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": "high", "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z", "status_reason": null, "times_injected": 15, "activation_rate": 0.8, "temporal_value": 0.4, "temporal_confidence": 0.713049, "ablation": {"state": "completed", "value": 0.2, "confidence": 0.9}, "source_session": "2026-02-20-refactor", "extraction_method": "transcript", "history": [{"date": "2026-02-28", "mean_contribution": null, "session_count": 0}, {"date": "2026-03-01", "mean_contribution": -0.05, "session_count": 1}]}) satisfies TopicData;

// null where there is no experiment: wrong at '/ablation'
// @ts-expect-error
({"data_type": "learning_detail", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z", "status_reason": null, "times_injected": 15, "activation_rate": 0.8, "temporal_value": 0.4, "temporal_confidence": 0.713049, "ablation": null, "source_session": null, "extraction_method": "transcript", "history": [{"date": "2026-02-28", "mean_contribution": null, "session_count": 0}, {"date": "2026-03-01", "mean_contribution": -0.05, "session_count": 1}]}) satisfies TopicData;

// the state of an experiment in another case: wrong at '/ablation/state'
// @ts-expect-error
({"data_type": "learning_detail", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z", "status_reason": null, "times_injected": 15, "activation_rate": 0.8, "temporal_value": 0.4, "temporal_confidence": 0.713049, "ablation": {"state": "Completed", "value": 0.2, "confidence": 0.9}, "source_session": "2026-02-20-refactor", "extraction_method": "transcript", "history": [{"date": "2026-02-28", "mean_contribution": null, "session_count": 0}, {"date": "2026-03-01", "mean_contribution": -0.05, "session_count": 1}]}) satisfies TopicData;

// a reason left out: wrong at '/status_reason'
// @ts-expect-error
({"data_type": "learning_detail", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z", "times_injected": 15, "activation_rate": 0.8, "temporal_value": 0.4, "temporal_confidence": 0.713049, "ablation": {"state": "completed", "value": 0.2, "confidence": 0.9}, "source_session": "2026-02-20-refactor", "extraction_method": "transcript", "history": [{"date": "2026-02-28", "mean_contribution": null, "session_count": 0}, {"date": "2026-03-01", "mean_contribution": -0.05, "session_count": 1}]}) satisfies TopicData;

// an empty text in place of null: wrong at '/source_session'
({"data_type": "learning_detail", "id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "scope": {"level": "project", "name": "vibes"}, "status": "active", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "created_at": "2026-03-01T08:30:00.123456Z", "status_reason": null, "times_injected": 15, "activation_rate": 0.8, "temporal_value": 0.4, "temporal_confidence": 0.713049, "ablation": {"state": "pending", "value": null, "confidence": null}, "source_session": "", "extraction_method": "transcript", "history": [{"date": "2026-02-28", "mean_contribution": null, "session_count": 0}, {"date": "2026-03-01", "mean_contribution": -0.05, "session_count": 1}]}) satisfies TopicData;

// a coverage in percent: wrong at '/ablation_coverage/coverage'
({"data_type": "attribution", "period_days": 7, "top_contributors": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "status": "active"}], "negative_impact": [], "ablation_coverage": {"coverage": 50, "completed": 1, "in_progress": 0, "pending": 1}}) satisfies TopicData;

// a period as an object: wrong at '/period_days'
// @ts-expect-error
({"data_type": "attribution", "period_days": {"days": 30}, "top_contributors": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "status": "active"}], "negative_impact": [], "ablation_coverage": {"coverage": 0.5, "completed": 1, "in_progress": 0, "pending": 1}}) satisfies TopicData;

// a period over a year: wrong at '/period_days'
({"data_type": "attribution", "period_days": 366, "top_contributors": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "status": "active"}], "negative_impact": [], "ablation_coverage": {"coverage": 0.5, "completed": 1, "in_progress": 0, "pending": 1}}) satisfies TopicData;

// a leaderboard left out: wrong at '/negative_impact'
// @ts-expect-error
({"data_type": "attribution", "period_days": 7, "top_contributors": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "estimated_value": 0.307692, "confidence": 0.792308, "session_count": 12, "status": "active"}], "ablation_coverage": {"coverage": 0.5, "completed": 1, "in_progress": 0, "pending": 1}}) satisfies TopicData;

// a leaderboard by id: wrong at '/top_contributors'
// @ts-expect-error
({"data_type": "attribution", "period_days": 7, "top_contributors": {"01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01": 0.3}, "negative_impact": [], "ablation_coverage": {"coverage": 0.5, "completed": 1, "in_progress": 0, "pending": 1}}) satisfies TopicData;

// contributions under another name: wrong at '/sessions/0/activated_learnings'
// @ts-expect-error
({"data_type": "session_timeline", "period_days": 30, "sessions": [{"session_id": "2026-03-01-parser", "title": "Rewrite the parser", "assessed_at": "2026-03-01T08:30:00Z", "score": 0.75, "outcome": "partial", "learnings_activated": 2, "contributions": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "contribution": 0.4}, {"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02", "content": "(deleted learning)", "contribution": -0.1}], "warning": "1 activated learning has a negative lifetime value", "activated_learnings": ["01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01"]}, {"session_id": "s", "title": null, "assessed_at": "2026-03-01T08:30:00Z", "score": 0, "outcome": "abandoned", "learnings_activated": 0, "contributions": [], "warning": null}], "total": 2}) satisfies TopicData;

// no contributions: wrong at '/sessions/0/contributions'
// @ts-expect-error
({"data_type": "session_timeline", "period_days": 30, "sessions": [{"session_id": "2026-03-01-parser", "title": "Rewrite the parser", "assessed_at": "2026-03-01T08:30:00Z", "score": 0.75, "outcome": "partial", "learnings_activated": 2, "warning": "1 activated learning has a negative lifetime value"}, {"session_id": "s", "title": null, "assessed_at": "2026-03-01T08:30:00Z", "score": 0, "outcome": "abandoned", "learnings_activated": 0, "contributions": [], "warning": null}], "total": 2}) satisfies TopicData;

// the activated learnings themselves in place of their number: wrong at '/sessions/0/learnings_activated'
// @ts-expect-error
({"data_type": "session_timeline", "period_days": 30, "sessions": [{"session_id": "2026-03-01-parser", "title": "Rewrite the parser", "assessed_at": "2026-03-01T08:30:00Z", "score": 0.75, "outcome": "partial", "learnings_activated": ["01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01"], "contributions": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "contribution": 0.4}, {"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02", "content": "(deleted learning)", "contribution": -0.1}], "warning": "1 activated learning has a negative lifetime value"}, {"session_id": "s", "title": null, "assessed_at": "2026-03-01T08:30:00Z", "score": 0, "outcome": "abandoned", "learnings_activated": 0, "contributions": [], "warning": null}], "total": 2}) satisfies TopicData;

// an outcome in another case: wrong at '/sessions/0/outcome'
// @ts-expect-error
({"data_type": "session_timeline", "period_days": 30, "sessions": [{"session_id": "2026-03-01-parser", "title": "Rewrite the parser", "assessed_at": "2026-03-01T08:30:00Z", "score": 0.75, "outcome": "Partial", "learnings_activated": 2, "contributions": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "contribution": 0.4}, {"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02", "content": "(deleted learning)", "contribution": -0.1}], "warning": "1 activated learning has a negative lifetime value"}, {"session_id": "s", "title": null, "assessed_at": "2026-03-01T08:30:00Z", "score": 0, "outcome": "abandoned", "learnings_activated": 0, "contributions": [], "warning": null}], "total": 2}) satisfies TopicData;

// a score in percent: wrong at '/sessions/0/score'
({"data_type": "session_timeline", "period_days": 30, "sessions": [{"session_id": "2026-03-01-parser", "title": "Rewrite the parser", "assessed_at": "2026-03-01T08:30:00Z", "score": 75, "outcome": "partial", "learnings_activated": 2, "contributions": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "contribution": 0.4}, {"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02", "content": "(deleted learning)", "contribution": -0.1}], "warning": "1 activated learning has a negative lifetime value"}, {"session_id": "s", "title": null, "assessed_at": "2026-03-01T08:30:00Z", "score": 0, "outcome": "abandoned", "learnings_activated": 0, "contributions": [], "warning": null}], "total": 2}) satisfies TopicData;

// false in place of no warning: wrong at '/sessions/1/warning'
// @ts-expect-error
({"data_type": "session_timeline", "period_days": 30, "sessions": [{"session_id": "2026-03-01-parser", "title": "Rewrite the parser", "assessed_at": "2026-03-01T08:30:00Z", "score": 0.75, "outcome": "partial", "learnings_activated": 2, "contributions": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "contribution": 0.4}, {"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02", "content": "(deleted learning)", "contribution": -0.1}], "warning": "1 activated learning has a negative lifetime value"}, {"session_id": "s", "title": null, "assessed_at": "2026-03-01T08:30:00Z", "score": 0, "outcome": "abandoned", "learnings_activated": 0, "contributions": [], "warning": false}], "total": 2}) satisfies TopicData;

// weights by variant: wrong at '/distributions/0/weights'
// @ts-expect-error
({"data_type": "strategy_distributions", "distributions": [{"category": "correction", "context_type": "interactive", "session_count": 3, "weights": {"main_context": 0.3}}], "specialized_count": 0, "total_learnings": 24}) satisfies TopicData;

// a variant in camelCase: wrong at '/distributions/0/weights/0/variant'
// @ts-expect-error
({"data_type": "strategy_distributions", "distributions": [{"category": "correction", "context_type": "interactive", "session_count": 3, "weights": [{"variant": "mainContext", "weight": 0.3}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}]}], "specialized_count": 0, "total_learnings": 24}) satisfies TopicData;

// a weight in percent: wrong at '/distributions/0/weights/0/weight'
({"data_type": "strategy_distributions", "distributions": [{"category": "correction", "context_type": "interactive", "session_count": 3, "weights": [{"variant": "main_context", "weight": 30}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}]}], "specialized_count": 0, "total_learnings": 24}) satisfies TopicData;

// a context in another case: wrong at '/distributions/0/context_type'
// @ts-expect-error
({"data_type": "strategy_distributions", "distributions": [{"category": "correction", "context_type": "CodeReview", "session_count": 3, "weights": [{"variant": "main_context", "weight": 0.3}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}]}], "specialized_count": 0, "total_learnings": 24}) satisfies TopicData;

// fewer than no sessions to go: wrong at '/overrides/0/sessions_to_specialize'
({"data_type": "strategy_overrides", "overrides": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": "code_pattern", "session_count": 8, "is_specialized": false, "weights": [{"variant": "main_context", "weight": 0.3}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}], "base_weights": [{"variant": "main_context", "weight": 0.3}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}], "sessions_to_specialize": -4}], "total": 1}) satisfies TopicData;

// no category: wrong at '/overrides/0/category'
// @ts-expect-error
({"data_type": "strategy_overrides", "overrides": [{"learning_id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01", "content": "Use snake_case for every name on the wire.", "category": null, "session_count": 8, "is_specialized": false, "weights": [{"variant": "main_context", "weight": 0.3}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}], "base_weights": [{"variant": "main_context", "weight": 0.3}, {"variant": "subagent", "weight": 0.2}, {"variant": "background_subagent", "weight": 0.1}, {"variant": "deferred", "weight": 0.4}], "sessions_to_specialize": 12}], "total": 1}) satisfies TopicData;

// components by name: wrong at '/components'
// @ts-expect-error
({"data_type": "health", "overall_status": "unknown", "components": {"assessment": "ok"}, "adaptive_params": [{"name": "injection_threshold", "current_value": 0.62, "confidence": 0.7, "trend": "rising", "history": [0.5, 0.55, 0.62]}], "recent_activity": [{"occurred_at": "2026-03-01T08:30:00Z", "component": "attribution", "status": "ok", "message": "up to date"}]}) satisfies TopicData;

// a component in another case: wrong at '/components/0/component'
// @ts-expect-error
({"data_type": "health", "overall_status": "unknown", "components": [{"component": "Assessment", "status": "ok", "last_activity": "2026-03-01T08:30:00Z", "message": "12 sessions assessed", "coverage": 0.8, "item_count": 112}, {"component": "extraction", "status": "degraded", "last_activity": "2026-03-01T08:30:00Z", "message": "", "coverage": null, "item_count": 24}, {"component": "attribution", "status": "ok", "last_activity": "2026-03-01T08:30:00Z", "message": "up to date", "coverage": 0.5, "item_count": 340}, {"component": "strategy", "status": "unknown", "last_activity": null, "message": null, "coverage": null, "item_count": 0}], "adaptive_params": [{"name": "injection_threshold", "current_value": 0.62, "confidence": 0.7, "trend": "rising", "history": [0.5, 0.55, 0.62]}], "recent_activity": [{"occurred_at": "2026-03-01T08:30:00Z", "component": "attribution", "status": "ok", "message": "up to date"}]}) satisfies TopicData;

// a message left out: wrong at '/components/3/message'
// @ts-expect-error
({"data_type": "health", "overall_status": "unknown", "components": [{"component": "assessment", "status": "ok", "last_activity": "2026-03-01T08:30:00Z", "message": "12 sessions assessed", "coverage": 0.8, "item_count": 112}, {"component": "extraction", "status": "degraded", "last_activity": "2026-03-01T08:30:00Z", "message": "", "coverage": null, "item_count": 24}, {"component": "attribution", "status": "ok", "last_activity": "2026-03-01T08:30:00Z", "message": "up to date", "coverage": 0.5, "item_count": 340}, {"component": "strategy", "status": "unknown", "last_activity": null, "coverage": null, "item_count": 0}], "adaptive_params": [{"name": "injection_threshold", "current_value": 0.62, "confidence": 0.7, "trend": "rising", "history": [0.5, 0.55, 0.62]}], "recent_activity": [{"occurred_at": "2026-03-01T08:30:00Z", "component": "attribution", "status": "ok", "message": "up to date"}]}) satisfies TopicData;

// a fraction of an item: wrong at '/components/0/item_count'
({"data_type": "health", "overall_status": "unknown", "components": [{"component": "assessment", "status": "ok", "last_activity": "2026-03-01T08:30:00Z", "message": "12 sessions assessed", "coverage": 0.8, "item_count": 112.5}, {"component": "extraction", "status": "degraded", "last_activity": "2026-03-01T08:30:00Z", "message": "", "coverage": null, "item_count": 24}, {"component": "attribution", "status": "ok", "last_activity": "2026-03-01T08:30:00Z", "message": "up to date", "coverage": 0.5, "item_count": 340}, {"component": "strategy", "status": "unknown", "last_activity": null, "message": null, "coverage": null, "item_count": 0}], "adaptive_params": [{"name": "injection_threshold", "current_value": 0.62, "confidence": 0.7, "trend": "rising", "history": [0.5, 0.55, 0.62]}], "recent_activity": [{"occurred_at": "2026-03-01T08:30:00Z", "component": "attribution", "status": "ok", "message": "up to date"}]}) satisfies TopicData;

// a trend as an arrow: wrong at '/adaptive_params/0/trend'
// @ts-expect-error
({"data_type": "health", "overall_status": "unknown", "components": [{"component": "assessment", "status": "ok", "last_activity": "2026-03-01T08:30:00Z", "message": "12 sessions assessed", "coverage": 0.8, "item_count": 112}, {"component": "extraction", "status": "degraded", "last_activity": "2026-03-01T08:30:00Z", "message": "", "coverage": null, "item_count": 24}, {"component": "attribution", "status": "ok", "last_activity": "2026-03-01T08:30:00Z", "message": "up to date", "coverage": 0.5, "item_count": 340}, {"component": "strategy", "status": "unknown", "last_activity": null, "message": null, "coverage": null, "item_count": 0}], "adaptive_params": [{"name": "injection_threshold", "current_value": 0.62, "confidence": 0.7, "trend": "↑", "history": [0.5, 0.55, 0.62]}], "recent_activity": [{"occurred_at": "2026-03-01T08:30:00Z", "component": "attribution", "status": "ok", "message": "up to date"}]}) satisfies TopicData;

// a history with a gap: wrong at '/adaptive_params/0/history/1'
// @ts-expect-error
({"data_type": "health", "overall_status": "unknown", "components": [{"component": "assessment", "status": "ok", "last_activity": "2026-03-01T08:30:00Z", "message": "12 sessions assessed", "coverage": 0.8, "item_count": 112}, {"component": "extraction", "status": "degraded", "last_activity": "2026-03-01T08:30:00Z", "message": "", "coverage": null, "item_count": 24}, {"component": "attribution", "status": "ok", "last_activity": "2026-03-01T08:30:00Z", "message": "up to date", "coverage": 0.5, "item_count": 340}, {"component": "strategy", "status": "unknown", "last_activity": null, "message": null, "coverage": null, "item_count": 0}], "adaptive_params": [{"name": "injection_threshold", "current_value": 0.62, "confidence": 0.7, "trend": "rising", "history": [0.5, null, 0.62]}], "recent_activity": [{"occurred_at": "2026-03-01T08:30:00Z", "component": "attribution", "status": "ok", "message": "up to date"}]}) satisfies TopicData;
