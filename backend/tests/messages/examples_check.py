# Generated from shared-schema by `make schema`. Do not edit.
from groove_dashboard.messages.types import ActionResult, DashboardMessage, DashboardRequest, DashboardTopic, IngestEvent, IngestResult, Problem, TopicData

# enable_learning
example_1: ActionResult = {'action': 'enable_learning', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01'}

# disable_learning
example_2: ActionResult = {'action': 'disable_learning', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01'}

# delete_learning
example_3: ActionResult = {'action': 'delete_learning', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01'}

# an action by its short name: wrong at '/action'
example_4: ActionResult = {'action': 'disable', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01'}  # type: ignore

# an action in camelCase: wrong at '/action'
example_5: ActionResult = {'action': 'disableLearning', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01'}  # type: ignore

# an id in upper case: wrong at '/id'
example_6: ActionResult = {'action': 'disable_learning', 'id': '01936F2A-7C4E-7A10-9B1D-3F2E8C5D6A01'}

# no id: wrong at '/id'
example_7: ActionResult = {'action': 'disable_learning'}  # type: ignore

# the request_id of the socket: wrong at '/request_id'
example_8: ActionResult = {'action': 'disable_learning', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'request_id': 'r-2'}  # type: ignore

# a success beside what was done: wrong at '/ok'
example_9: ActionResult = {'action': 'disable_learning', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'ok': True}  # type: ignore

# welcome
example_10: DashboardMessage = {'type': 'welcome', 'protocol_version': 1, 'schema_hash': '0123456789ab', 'server_version': '0.1.0', 'server_time': '2026-03-01T08:30:00Z', 'heartbeat_seconds': 25, 'roles': ['viewer', 'operator'], 'limits': {'max_message_bytes': 65536, 'max_topics': 64, 'messages_per_second': 20, 'message_burst': 60}, 'retry': {'min_ms': 500, 'max_ms': 20000}}

# subscribed
example_11: DashboardMessage = {'type': 'subscribed', 'topics': [{'topic': 'overview'}, {'topic': 'learnings', 'filters': {}, 'sort': 'recency', 'limit': 100, 'offset': 0}], 'request_id': 'r-1'}

# unsubscribed from nothing
example_12: DashboardMessage = {'type': 'unsubscribed', 'topics': []}

# snapshot
example_13: DashboardMessage = {'type': 'snapshot', 'topic': {'topic': 'strategy_overrides', 'limit': 100}, 'version': '9f2c41d07be35a8c6610d4f2', 'data': {'data_type': 'strategy_overrides', 'overrides': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'session_count': 8, 'is_specialized': False, 'weights': [{'variant': 'main_context', 'weight': 0.3}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}], 'base_weights': [{'variant': 'main_context', 'weight': 0.3}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}], 'sessions_to_specialize': 12}], 'total': 1}, 'reason': 'initial'}

# snapshot of a change
example_14: DashboardMessage = {'type': 'snapshot', 'topic': {'topic': 'strategy_overrides', 'limit': 100}, 'version': '9f2c41d07be35a8c6610d4f2', 'data': {'data_type': 'strategy_overrides', 'overrides': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'session_count': 8, 'is_specialized': False, 'weights': [{'variant': 'main_context', 'weight': 0.3}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}], 'base_weights': [{'variant': 'main_context', 'weight': 0.3}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}], 'sessions_to_specialize': 12}], 'total': 1}}

# update
example_15: DashboardMessage = {'type': 'update', 'topic': {'topic': 'health'}, 'base': '9f2c41d07be35a8c6610d4f2', 'version': '0b7de9a1c3f54482aa90e6d1', 'patch': [{'op': 'replace', 'path': '/overall_status', 'value': 'ok'}, {'op': 'add', 'path': '/recent_activity/0', 'value': {'occurred_at': '2026-03-01T08:30:00Z', 'component': 'attribution', 'status': 'ok', 'message': 'up to date'}}, {'op': 'remove', 'path': '/recent_activity/20'}, {'op': 'move', 'from': '/components/1', 'path': '/components/0'}, {'op': 'add', 'path': '/components/3/message', 'value': None}]}

# current
example_16: DashboardMessage = {'type': 'current', 'topic': {'topic': 'overview'}, 'version': '9f2c41d07be35a8c6610d4f2'}

# batch
example_17: DashboardMessage = {'type': 'batch', 'messages': [{'type': 'snapshot', 'topic': {'topic': 'strategy_overrides', 'limit': 100}, 'version': '9f2c41d07be35a8c6610d4f2', 'data': {'data_type': 'strategy_overrides', 'overrides': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'session_count': 8, 'is_specialized': False, 'weights': [{'variant': 'main_context', 'weight': 0.3}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}], 'base_weights': [{'variant': 'main_context', 'weight': 0.3}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}], 'sessions_to_specialize': 12}], 'total': 1}, 'reason': 'initial'}, {'type': 'update', 'topic': {'topic': 'health'}, 'base': '9f2c41d07be35a8c6610d4f2', 'version': '0b7de9a1c3f54482aa90e6d1', 'patch': [{'op': 'replace', 'path': '/overall_status', 'value': 'ok'}, {'op': 'add', 'path': '/recent_activity/0', 'value': {'occurred_at': '2026-03-01T08:30:00Z', 'component': 'attribution', 'status': 'ok', 'message': 'up to date'}}, {'op': 'remove', 'path': '/recent_activity/20'}, {'op': 'move', 'from': '/components/1', 'path': '/components/0'}, {'op': 'add', 'path': '/components/3/message', 'value': None}]}, {'type': 'current', 'topic': {'topic': 'overview'}, 'version': '9f2c41d07be35a8c6610d4f2'}, {'type': 'error', 'code': 'unavailable', 'message': 'The database is away.', 'topic': {'topic': 'overview'}, 'retry_after_ms': 1000}]}

# action_result
example_18: DashboardMessage = {'type': 'action_result', 'action': 'disable_learning', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'request_id': 'r-2'}

# error about a message
example_19: DashboardMessage = {'type': 'error', 'code': 'invalid_message', 'message': 'The message is not valid.', 'request_id': 'r-1', 'details': [{'path': '/topics/0/filters/category', 'message': 'This must be one of: correction, code_pattern, preference, solution, error_recovery, tool_usage, harness_knowledge.'}]}

# error about a topic
example_20: DashboardMessage = {'type': 'error', 'code': 'not_found', 'message': 'There is no such learning.', 'topic': {'topic': 'learning_detail', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01'}}

# heartbeat
example_21: DashboardMessage = {'type': 'heartbeat', 'server_time': '2026-03-01T08:30:00.123456Z'}

# pong
example_22: DashboardMessage = {'type': 'pong', 'request_id': 'r-3'}

# goodbye
example_23: DashboardMessage = {'type': 'goodbye', 'code': 1001, 'reason': 'The server is restarting.', 'retry': {'min_ms': 500, 'max_ms': 5000}}

# goodbye for good
example_24: DashboardMessage = {'type': 'goodbye', 'code': 4506, 'reason': 'This version of the protocol is not supported.'}

# no type: wrong at '/type'
example_25: DashboardMessage = {'topic': {'topic': 'overview'}, 'version': '9f2c41d07be35a8c6610d4f2'}  # type: ignore

# a request: wrong at '/type'
example_26: DashboardMessage = {'type': 'ping'}  # type: ignore

# a hash that is too short: wrong at '/schema_hash'
example_27: DashboardMessage = {'type': 'welcome', 'protocol_version': 1, 'schema_hash': '0123456789a', 'server_version': '0.1.0', 'server_time': '2026-03-01T08:30:00Z', 'heartbeat_seconds': 25, 'roles': ['viewer', 'operator'], 'limits': {'max_message_bytes': 65536, 'max_topics': 64, 'messages_per_second': 20, 'message_burst': 60}, 'retry': {'min_ms': 500, 'max_ms': 20000}}

# an unknown role: wrong at '/roles/1'
example_28: DashboardMessage = {'type': 'welcome', 'protocol_version': 1, 'schema_hash': '0123456789ab', 'server_version': '0.1.0', 'server_time': '2026-03-01T08:30:00Z', 'heartbeat_seconds': 25, 'roles': ['viewer', 'admin'], 'limits': {'max_message_bytes': 65536, 'max_topics': 64, 'messages_per_second': 20, 'message_burst': 60}, 'retry': {'min_ms': 500, 'max_ms': 20000}}  # type: ignore

# a server time without its zone: wrong at '/server_time'
example_29: DashboardMessage = {'type': 'welcome', 'protocol_version': 1, 'schema_hash': '0123456789ab', 'server_version': '0.1.0', 'server_time': '2026-03-01T08:30:00', 'heartbeat_seconds': 25, 'roles': ['viewer', 'operator'], 'limits': {'max_message_bytes': 65536, 'max_topics': 64, 'messages_per_second': 20, 'message_burst': 60}, 'retry': {'min_ms': 500, 'max_ms': 20000}}

# a snapshot without data: wrong at '/data'
example_30: DashboardMessage = {'type': 'snapshot', 'topic': {'topic': 'strategy_overrides', 'limit': 100}, 'version': '9f2c41d07be35a8c6610d4f2', 'reason': 'initial'}  # type: ignore

# a snapshot whose data are of no topic: wrong at '/data/data_type'
example_31: DashboardMessage = {'type': 'snapshot', 'topic': {'topic': 'strategy_overrides', 'limit': 100}, 'version': '9f2c41d07be35a8c6610d4f2', 'data': {'data_type': 'all'}, 'reason': 'initial'}  # type: ignore

# a snapshot with an unknown reason: wrong at '/reason'
example_32: DashboardMessage = {'type': 'snapshot', 'topic': {'topic': 'strategy_overrides', 'limit': 100}, 'version': '9f2c41d07be35a8c6610d4f2', 'data': {'data_type': 'strategy_overrides', 'overrides': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'session_count': 8, 'is_specialized': False, 'weights': [{'variant': 'main_context', 'weight': 0.3}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}], 'base_weights': [{'variant': 'main_context', 'weight': 0.3}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}], 'sessions_to_specialize': 12}], 'total': 1}, 'reason': 'refresh'}  # type: ignore

# a version that is a counter: wrong at '/version'
example_33: DashboardMessage = {'type': 'current', 'topic': {'topic': 'overview'}, 'version': 7}  # type: ignore

# an update without its base: wrong at '/base'
example_34: DashboardMessage = {'type': 'update', 'topic': {'topic': 'health'}, 'version': '0b7de9a1c3f54482aa90e6d1', 'patch': [{'op': 'replace', 'path': '/overall_status', 'value': 'ok'}, {'op': 'add', 'path': '/recent_activity/0', 'value': {'occurred_at': '2026-03-01T08:30:00Z', 'component': 'attribution', 'status': 'ok', 'message': 'up to date'}}, {'op': 'remove', 'path': '/recent_activity/20'}, {'op': 'move', 'from': '/components/1', 'path': '/components/0'}, {'op': 'add', 'path': '/components/3/message', 'value': None}]}  # type: ignore

# an operation that is never sent: wrong at '/patch/0/op'
example_35: DashboardMessage = {'type': 'update', 'topic': {'topic': 'health'}, 'base': '9f2c41d07be35a8c6610d4f2', 'version': '0b7de9a1c3f54482aa90e6d1', 'patch': [{'op': 'test', 'path': '/total', 'value': 1}]}  # type: ignore

# an addition without a value: wrong at '/patch/0/value'
example_36: DashboardMessage = {'type': 'update', 'topic': {'topic': 'health'}, 'base': '9f2c41d07be35a8c6610d4f2', 'version': '0b7de9a1c3f54482aa90e6d1', 'patch': [{'op': 'add', 'path': '/total'}]}  # type: ignore

# a removal with a value: wrong at '/patch/0/value'
example_37: DashboardMessage = {'type': 'update', 'topic': {'topic': 'health'}, 'base': '9f2c41d07be35a8c6610d4f2', 'version': '0b7de9a1c3f54482aa90e6d1', 'patch': [{'op': 'remove', 'path': '/total', 'value': 1}]}  # type: ignore

# a move from nowhere: wrong at '/patch/0/from'
example_38: DashboardMessage = {'type': 'update', 'topic': {'topic': 'health'}, 'base': '9f2c41d07be35a8c6610d4f2', 'version': '0b7de9a1c3f54482aa90e6d1', 'patch': [{'op': 'move', 'path': '/total'}]}  # type: ignore

# an empty batch: wrong at '/messages'
example_39: DashboardMessage = {'type': 'batch', 'messages': []}

# a batch in a batch: wrong at '/messages/0/type'
example_40: DashboardMessage = {'type': 'batch', 'messages': [{'type': 'batch', 'messages': [{'type': 'current', 'topic': {'topic': 'overview'}, 'version': '9f2c41d07be35a8c6610d4f2'}]}]}  # type: ignore

# an unknown error code: wrong at '/code'
example_41: DashboardMessage = {'type': 'error', 'code': 'oops', 'message': 'The message is not valid.', 'request_id': 'r-1', 'details': [{'path': '/topics/0/filters/category', 'message': 'This must be one of: correction, code_pattern, preference, solution, error_recovery, tool_usage, harness_knowledge.'}]}  # type: ignore

# a fault without a message: wrong at '/details/0/message'
example_42: DashboardMessage = {'type': 'error', 'code': 'invalid_message', 'message': 'The message is not valid.', 'request_id': 'r-1', 'details': [{'path': '/type'}]}  # type: ignore

# a close code that WebSocket does not have: wrong at '/code'
example_43: DashboardMessage = {'type': 'goodbye', 'code': 200, 'reason': ''}

# a protocol version as text: wrong at '/protocol_version'
example_44: DashboardMessage = {'type': 'welcome', 'protocol_version': 'v1', 'schema_hash': '0123456789ab', 'server_version': '0.1.0', 'server_time': '2026-03-01T08:30:00Z', 'heartbeat_seconds': 25, 'roles': ['viewer', 'operator'], 'limits': {'max_message_bytes': 65536, 'max_topics': 64, 'messages_per_second': 20, 'message_burst': 60}, 'retry': {'min_ms': 500, 'max_ms': 20000}}  # type: ignore

# a welcome that says the time in camelCase: wrong at '/serverTime'
example_45: DashboardMessage = {'type': 'welcome', 'protocol_version': 1, 'schema_hash': '0123456789ab', 'server_version': '0.1.0', 'server_time': '2026-03-01T08:30:00Z', 'heartbeat_seconds': 25, 'roles': ['viewer', 'operator'], 'limits': {'max_message_bytes': 65536, 'max_topics': 64, 'messages_per_second': 20, 'message_burst': 60}, 'retry': {'min_ms': 500, 'max_ms': 20000}, 'serverTime': '2026-03-01T08:30:00Z'}  # type: ignore

# a hash in upper case: wrong at '/schema_hash'
example_46: DashboardMessage = {'type': 'welcome', 'protocol_version': 1, 'schema_hash': '0123456789AB', 'server_version': '0.1.0', 'server_time': '2026-03-01T08:30:00Z', 'heartbeat_seconds': 25, 'roles': ['viewer', 'operator'], 'limits': {'max_message_bytes': 65536, 'max_topics': 64, 'messages_per_second': 20, 'message_burst': 60}, 'retry': {'min_ms': 500, 'max_ms': 20000}}

# one role in place of a list: wrong at '/roles'
example_47: DashboardMessage = {'type': 'welcome', 'protocol_version': 1, 'schema_hash': '0123456789ab', 'server_version': '0.1.0', 'server_time': '2026-03-01T08:30:00Z', 'heartbeat_seconds': 25, 'roles': 'operator', 'limits': {'max_message_bytes': 65536, 'max_topics': 64, 'messages_per_second': 20, 'message_burst': 60}, 'retry': {'min_ms': 500, 'max_ms': 20000}}  # type: ignore

# a limit left out: wrong at '/limits/max_topics'
example_48: DashboardMessage = {'type': 'welcome', 'protocol_version': 1, 'schema_hash': '0123456789ab', 'server_version': '0.1.0', 'server_time': '2026-03-01T08:30:00Z', 'heartbeat_seconds': 25, 'roles': ['viewer', 'operator'], 'limits': {'max_message_bytes': 65536, 'messages_per_second': 20, 'message_burst': 60}, 'retry': {'min_ms': 500, 'max_ms': 20000}}  # type: ignore

# subscribed to names: wrong at '/topics/0'
example_49: DashboardMessage = {'type': 'subscribed', 'topics': ['overview', {'topic': 'learnings', 'filters': {}, 'sort': 'recency', 'limit': 100, 'offset': 0}], 'request_id': 'r-1'}  # type: ignore

# unsubscribed without the topics: wrong at '/topics'
example_50: DashboardMessage = {'type': 'unsubscribed', 'request_id': 'r-2'}  # type: ignore

# null instead of no request_id: wrong at '/request_id'
example_51: DashboardMessage = {'type': 'subscribed', 'topics': [{'topic': 'overview'}, {'topic': 'learnings', 'filters': {}, 'sort': 'recency', 'limit': 100, 'offset': 0}], 'request_id': None}  # type: ignore

# a snapshot of a topic's name: wrong at '/topic'
example_52: DashboardMessage = {'type': 'snapshot', 'topic': 'strategy_overrides', 'version': '9f2c41d07be35a8c6610d4f2', 'data': {'data_type': 'strategy_overrides', 'overrides': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'session_count': 8, 'is_specialized': False, 'weights': [{'variant': 'main_context', 'weight': 0.3}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}], 'base_weights': [{'variant': 'main_context', 'weight': 0.3}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}], 'sessions_to_specialize': 12}], 'total': 1}, 'reason': 'initial'}  # type: ignore

# a snapshot without a version: wrong at '/version'
example_53: DashboardMessage = {'type': 'snapshot', 'topic': {'topic': 'strategy_overrides', 'limit': 100}, 'data': {'data_type': 'strategy_overrides', 'overrides': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'session_count': 8, 'is_specialized': False, 'weights': [{'variant': 'main_context', 'weight': 0.3}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}], 'base_weights': [{'variant': 'main_context', 'weight': 0.3}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}], 'sessions_to_specialize': 12}], 'total': 1}, 'reason': 'initial'}  # type: ignore

# a snapshot whose data are text: wrong at '/data'
example_54: DashboardMessage = {'type': 'snapshot', 'topic': {'topic': 'strategy_overrides', 'limit': 100}, 'version': '9f2c41d07be35a8c6610d4f2', 'data': '{}', 'reason': 'initial'}  # type: ignore

# a snapshot with a percentage inside: wrong at '/data/overrides/0/weights/0/weight'
example_55: DashboardMessage = {'type': 'snapshot', 'topic': {'topic': 'strategy_overrides', 'limit': 100}, 'version': '9f2c41d07be35a8c6610d4f2', 'data': {'data_type': 'strategy_overrides', 'overrides': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'session_count': 8, 'is_specialized': False, 'weights': [{'variant': 'main_context', 'weight': 30}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}], 'base_weights': [{'variant': 'main_context', 'weight': 0.3}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}], 'sessions_to_specialize': 12}], 'total': 1}, 'reason': 'initial'}

# a patch as text: wrong at '/patch'
example_56: DashboardMessage = {'type': 'update', 'topic': {'topic': 'health'}, 'base': '9f2c41d07be35a8c6610d4f2', 'version': '0b7de9a1c3f54482aa90e6d1', 'patch': '[]'}  # type: ignore

# a patch that is no list: wrong at '/patch'
example_57: DashboardMessage = {'type': 'update', 'topic': {'topic': 'health'}, 'base': '9f2c41d07be35a8c6610d4f2', 'version': '0b7de9a1c3f54482aa90e6d1', 'patch': {'op': 'replace', 'path': '/overall_status', 'value': 'ok'}}  # type: ignore

# an operation in upper case: wrong at '/patch/0/op'
example_58: DashboardMessage = {'type': 'update', 'topic': {'topic': 'health'}, 'base': '9f2c41d07be35a8c6610d4f2', 'version': '0b7de9a1c3f54482aa90e6d1', 'patch': [{'op': 'REPLACE', 'path': '/overall_status', 'value': 'ok'}, {'op': 'add', 'path': '/recent_activity/0', 'value': {'occurred_at': '2026-03-01T08:30:00Z', 'component': 'attribution', 'status': 'ok', 'message': 'up to date'}}, {'op': 'remove', 'path': '/recent_activity/20'}, {'op': 'move', 'from': '/components/1', 'path': '/components/0'}, {'op': 'add', 'path': '/components/3/message', 'value': None}]}  # type: ignore

# a copy, which is never sent: wrong at '/patch/0/op'
example_59: DashboardMessage = {'type': 'update', 'topic': {'topic': 'health'}, 'base': '9f2c41d07be35a8c6610d4f2', 'version': '0b7de9a1c3f54482aa90e6d1', 'patch': [{'op': 'copy', 'from': '/components/1', 'path': '/components/0'}]}  # type: ignore

# a path in steps: wrong at '/patch/0/path'
example_60: DashboardMessage = {'type': 'update', 'topic': {'topic': 'health'}, 'base': '9f2c41d07be35a8c6610d4f2', 'version': '0b7de9a1c3f54482aa90e6d1', 'patch': [{'op': 'replace', 'path': ['overall_status'], 'value': 'ok'}, {'op': 'add', 'path': '/recent_activity/0', 'value': {'occurred_at': '2026-03-01T08:30:00Z', 'component': 'attribution', 'status': 'ok', 'message': 'up to date'}}, {'op': 'remove', 'path': '/recent_activity/20'}, {'op': 'move', 'from': '/components/1', 'path': '/components/0'}, {'op': 'add', 'path': '/components/3/message', 'value': None}]}  # type: ignore

# a batch of requests: wrong at '/messages/0/type'
example_61: DashboardMessage = {'type': 'batch', 'messages': [{'type': 'ping'}]}  # type: ignore

# an action by its short name: wrong at '/action'
example_62: DashboardMessage = {'type': 'action_result', 'action': 'disable', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'request_id': 'r-2'}  # type: ignore

# an action_result without an id: wrong at '/id'
example_63: DashboardMessage = {'type': 'action_result', 'action': 'disable_learning', 'request_id': 'r-2'}  # type: ignore

# an error code in upper case: wrong at '/code'
example_64: DashboardMessage = {'type': 'error', 'code': 'NOT_FOUND', 'message': 'There is no such learning.', 'topic': {'topic': 'learning_detail', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01'}}  # type: ignore

# an HTTP status as a code: wrong at '/code'
example_65: DashboardMessage = {'type': 'error', 'code': 404, 'message': 'There is no such learning.', 'topic': {'topic': 'learning_detail', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01'}}  # type: ignore

# an error without words: wrong at '/message'
example_66: DashboardMessage = {'type': 'error', 'code': 'not_found', 'topic': {'topic': 'learning_detail', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01'}}  # type: ignore

# details as text: wrong at '/details'
example_67: DashboardMessage = {'type': 'error', 'code': 'invalid_message', 'message': 'The message is not valid.', 'request_id': 'r-1', 'details': 'The category is unknown.'}  # type: ignore

# a wait in seconds: wrong at '/retry_after_ms'
example_68: DashboardMessage = {'type': 'error', 'code': 'not_found', 'message': 'There is no such learning.', 'topic': {'topic': 'learning_detail', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01'}, 'retry_after_ms': 0.5}  # type: ignore

# a heartbeat with a number: wrong at '/server_time'
example_69: DashboardMessage = {'type': 'heartbeat', 'server_time': 1772353800}  # type: ignore

# a heartbeat in local time: wrong at '/server_time'
example_70: DashboardMessage = {'type': 'heartbeat', 'server_time': '2026-03-01T09:30:00+01:00'}

# a heartbeat of nanoseconds: wrong at '/server_time'
example_71: DashboardMessage = {'type': 'heartbeat', 'server_time': '2026-03-01T08:30:00.123456789Z'}

# a pong with the server's time: wrong at '/server_time'
example_72: DashboardMessage = {'type': 'pong', 'request_id': 'r-3', 'server_time': '2026-03-01T08:30:00Z'}  # type: ignore

# a goodbye without a reason: wrong at '/reason'
example_73: DashboardMessage = {'type': 'goodbye', 'code': 1001, 'retry': {'min_ms': 500, 'max_ms': 5000}}  # type: ignore

# one number in place of a window: wrong at '/retry'
example_74: DashboardMessage = {'type': 'goodbye', 'code': 1001, 'reason': 'The server is restarting.', 'retry': 500}  # type: ignore

# a window without an end: wrong at '/retry/max_ms'
example_75: DashboardMessage = {'type': 'goodbye', 'code': 1001, 'reason': 'The server is restarting.', 'retry': {'min_ms': 500}}  # type: ignore

# authenticate
example_76: DashboardRequest = {'type': 'authenticate', 'token': 'the token of the session'}

# subscribe to one topic
example_77: DashboardRequest = {'type': 'subscribe', 'topics': [{'topic': 'overview'}]}

# subscribe to several, one of them filtered
example_78: DashboardRequest = {'type': 'subscribe', 'topics': [{'topic': 'overview'}, {'topic': 'learnings', 'filters': {'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active'}}], 'request_id': 'r-1'}

# the same topic twice
example_79: DashboardRequest = {'type': 'subscribe', 'topics': [{'topic': 'health'}, {'topic': 'health'}]}

# resume
example_80: DashboardRequest = {'type': 'resume', 'subscriptions': [{'topic': {'topic': 'overview'}, 'version': '9f2c41d07be35a8c6610d4f2'}, {'topic': {'topic': 'learnings'}, 'version': '0b7de9a1c3f54482aa90e6d1'}]}

# unsubscribe
example_81: DashboardRequest = {'type': 'unsubscribe', 'topics': [{'topic': 'overview'}], 'request_id': 'r-2'}

# enable_learning
example_82: DashboardRequest = {'type': 'enable_learning', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'request_id': 'r-3'}

# disable_learning
example_83: DashboardRequest = {'type': 'disable_learning', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01'}

# delete_learning
example_84: DashboardRequest = {'type': 'delete_learning', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'request_id': 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'}

# ping
example_85: DashboardRequest = {'type': 'ping'}

# ping with a request_id beyond ASCII
example_86: DashboardRequest = {'type': 'ping', 'request_id': 'über-1'}

# an array: wrong at ''
example_87: DashboardRequest = [{'type': 'ping'}]  # type: ignore

# a text: wrong at ''
example_88: DashboardRequest = 'ping'  # type: ignore

# no type: wrong at '/type'
example_89: DashboardRequest = {'topics': [{'topic': 'overview'}]}  # type: ignore

# misspelt type: wrong at '/type'
example_90: DashboardRequest = {'type': 'subscrib', 'topics': [{'topic': 'overview'}]}  # type: ignore

# type is no text: wrong at '/type'
example_91: DashboardRequest = {'type': 1}  # type: ignore

# a message of the server: wrong at '/type'
example_92: DashboardRequest = {'type': 'pong'}  # type: ignore

# subscribe without topics: wrong at '/topics'
example_93: DashboardRequest = {'type': 'subscribe'}  # type: ignore

# subscribe to nothing: wrong at '/topics'
example_94: DashboardRequest = {'type': 'subscribe', 'topics': []}

# one topic instead of a list: wrong at '/topics'
example_95: DashboardRequest = {'type': 'subscribe', 'topics': {'topic': 'overview'}}  # type: ignore

# names instead of topics: wrong at '/topics/0'
example_96: DashboardRequest = {'type': 'subscribe', 'topics': ['overview']}  # type: ignore

# an unknown category in the second topic: wrong at '/topics/1/filters/category'
example_97: DashboardRequest = {'type': 'subscribe', 'topics': [{'topic': 'overview'}, {'topic': 'learnings', 'filters': {'category': 'style'}}]}  # type: ignore

# a misplaced filter: wrong at '/topics/0/category'
example_98: DashboardRequest = {'type': 'subscribe', 'topics': [{'topic': 'learnings', 'category': 'correction'}]}  # type: ignore

# an unknown topic: wrong at '/topics/0/topic'
example_99: DashboardRequest = {'type': 'subscribe', 'topics': [{'topic': 'everything'}]}  # type: ignore

# request_id as a number: wrong at '/request_id'
example_100: DashboardRequest = {'type': 'subscribe', 'topics': [{'topic': 'overview'}], 'request_id': 7}  # type: ignore

# empty request_id: wrong at '/request_id'
example_101: DashboardRequest = {'type': 'ping', 'request_id': ''}

# request_id over 64 characters: wrong at '/request_id'
example_102: DashboardRequest = {'type': 'ping', 'request_id': 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'}

# null request_id: wrong at '/request_id'
example_103: DashboardRequest = {'type': 'ping', 'request_id': None}  # type: ignore

# an unknown property: wrong at '/extra'
example_104: DashboardRequest = {'type': 'ping', 'extra': 1}  # type: ignore

# an unknown property that JSON pointers escape: wrong at '/a~1b~0c'
example_105: DashboardRequest = {'type': 'ping', 'a/b~c': 1}  # type: ignore

# authenticate without a token: wrong at '/token'
example_106: DashboardRequest = {'type': 'authenticate'}  # type: ignore

# authenticate with an empty token: wrong at '/token'
example_107: DashboardRequest = {'type': 'authenticate', 'token': ''}

# resume without versions: wrong at '/subscriptions/0/version'
example_108: DashboardRequest = {'type': 'resume', 'subscriptions': [{'topic': {'topic': 'overview'}}]}  # type: ignore

# resume of nothing: wrong at '/subscriptions'
example_109: DashboardRequest = {'type': 'resume', 'subscriptions': []}

# resume with a numeric version: wrong at '/subscriptions/0/version'
example_110: DashboardRequest = {'type': 'resume', 'subscriptions': [{'topic': {'topic': 'overview'}, 'version': 3}]}  # type: ignore

# an action without an id: wrong at '/id'
example_111: DashboardRequest = {'type': 'disable_learning'}  # type: ignore

# an action on no UUID: wrong at '/id'
example_112: DashboardRequest = {'type': 'delete_learning', 'id': '42'}

# an id in braces: wrong at '/id'
example_113: DashboardRequest = {'type': 'enable_learning', 'id': '{01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01}'}

# nothing at all: wrong at ''
example_114: DashboardRequest = None  # type: ignore

# type in another case: wrong at '/type'
example_115: DashboardRequest = {'type': 'Subscribe', 'topics': [{'topic': 'overview'}]}  # type: ignore

# type with hyphens: wrong at '/type'
example_116: DashboardRequest = {'type': 'disable-learning', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01'}  # type: ignore

# request_id in camelCase: wrong at '/requestId'
example_117: DashboardRequest = {'type': 'ping', 'requestId': 'r-1'}  # type: ignore

# null instead of topics: wrong at '/topics'
example_118: DashboardRequest = {'type': 'subscribe', 'topics': None}  # type: ignore

# 65 topics: wrong at '/topics'
example_119: DashboardRequest = {'type': 'subscribe', 'topics': [{'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}, {'topic': 'health'}]}

# one topic beside the list: wrong at '/topic'
example_120: DashboardRequest = {'type': 'subscribe', 'topics': [{'topic': 'overview'}], 'topic': 'health'}  # type: ignore

# null instead of filters: wrong at '/topics/0/filters'
example_121: DashboardRequest = {'type': 'subscribe', 'topics': [{'topic': 'learnings', 'filters': None}]}  # type: ignore

# a topic with its data's tag: wrong at '/topics/0/data_type'
example_122: DashboardRequest = {'type': 'subscribe', 'topics': [{'topic': 'overview', 'data_type': 'overview'}]}  # type: ignore

# unsubscribe from everything: wrong at '/topics'
example_123: DashboardRequest = {'type': 'unsubscribe'}  # type: ignore

# unsubscribe from nothing: wrong at '/topics'
example_124: DashboardRequest = {'type': 'unsubscribe', 'topics': []}

# unsubscribe by a misspelt name: wrong at '/topics/0/topic'
example_125: DashboardRequest = {'type': 'unsubscribe', 'topics': [{'topic': 'attributions'}]}  # type: ignore

# resume by names: wrong at '/subscriptions/0'
example_126: DashboardRequest = {'type': 'resume', 'subscriptions': ['overview']}  # type: ignore

# resume with a null version: wrong at '/subscriptions/0/version'
example_127: DashboardRequest = {'type': 'resume', 'subscriptions': [{'topic': {'topic': 'overview'}, 'version': None}]}  # type: ignore

# resume with an empty version: wrong at '/subscriptions/0/version'
example_128: DashboardRequest = {'type': 'resume', 'subscriptions': [{'topic': {'topic': 'overview'}, 'version': ''}]}

# resume with the topic's name in place of the topic: wrong at '/subscriptions/0/topic'
example_129: DashboardRequest = {'type': 'resume', 'subscriptions': [{'topic': 'overview', 'version': '9f2c41d07be35a8c6610d4f2'}]}  # type: ignore

# a null token: wrong at '/token'
example_130: DashboardRequest = {'type': 'authenticate', 'token': None}  # type: ignore

# an action on an id in upper case: wrong at '/id'
example_131: DashboardRequest = {'type': 'disable_learning', 'id': '01936F2A-7C4E-7A10-9B1D-3F2E8C5D6A01'}

# an action on several learnings: wrong at '/id'
example_132: DashboardRequest = {'type': 'delete_learning', 'id': ['01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01']}  # type: ignore

# an action with the id under two names: wrong at '/learning_id'
example_133: DashboardRequest = {'type': 'enable_learning', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01'}  # type: ignore

# an action with a reason: wrong at '/reason'
example_134: DashboardRequest = {'type': 'disable_learning', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'reason': 'It hurts.'}  # type: ignore

# overview
example_135: DashboardTopic = {'topic': 'overview'}

# learnings with nothing said
example_136: DashboardTopic = {'topic': 'learnings'}

# learnings with everything said
example_137: DashboardTopic = {'topic': 'learnings', 'filters': {'scope': {'level': 'project', 'name': 'vibes'}, 'category': 'correction', 'status': 'active', 'search': 'snake_case'}, 'sort': 'value', 'limit': 500, 'offset': 20}

# learnings of a whole scope level
example_138: DashboardTopic = {'topic': 'learnings', 'filters': {'scope': {'level': 'user'}}}

# learnings with empty filters
example_139: DashboardTopic = {'topic': 'learnings', 'filters': {}}

# learning_detail
example_140: DashboardTopic = {'topic': 'learning_detail', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01'}

# attribution of the default period
example_141: DashboardTopic = {'topic': 'attribution'}

# attribution of a year
example_142: DashboardTopic = {'topic': 'attribution', 'period': {'days': 365}}

# session_timeline
example_143: DashboardTopic = {'topic': 'session_timeline', 'period': {'days': 30}, 'limit': 1}

# strategy_distributions
example_144: DashboardTopic = {'topic': 'strategy_distributions'}

# strategy_overrides
example_145: DashboardTopic = {'topic': 'strategy_overrides'}

# strategy_overrides of a few learnings
example_146: DashboardTopic = {'topic': 'strategy_overrides', 'limit': 1}

# health
example_147: DashboardTopic = {'topic': 'health'}

# a name instead of an object: wrong at ''
example_148: DashboardTopic = 'overview'  # type: ignore

# null: wrong at ''
example_149: DashboardTopic = None  # type: ignore

# no topic: wrong at '/topic'
example_150: DashboardTopic = {}  # type: ignore

# unknown topic: wrong at '/topic'
example_151: DashboardTopic = {'topic': 'learning'}  # type: ignore

# topic in another case: wrong at '/topic'
example_152: DashboardTopic = {'topic': 'Overview'}  # type: ignore

# a parameter that the topic does not have: wrong at '/limit'
example_153: DashboardTopic = {'topic': 'overview', 'limit': 5}  # type: ignore

# learning_detail without an id: wrong at '/id'
example_154: DashboardTopic = {'topic': 'learning_detail'}  # type: ignore

# learning_detail with an upper-case id: wrong at '/id'
example_155: DashboardTopic = {'topic': 'learning_detail', 'id': '01936F2A-7C4E-7A10-9B1D-3F2E8C5D6A01'}

# limit of 0: wrong at '/limit'
example_156: DashboardTopic = {'topic': 'learnings', 'limit': 0}

# limit over 500: wrong at '/limit'
example_157: DashboardTopic = {'topic': 'learnings', 'limit': 501}

# limit as text: wrong at '/limit'
example_158: DashboardTopic = {'topic': 'learnings', 'limit': '100'}  # type: ignore

# limit with a fraction: wrong at '/limit'
example_159: DashboardTopic = {'topic': 'learnings', 'limit': 10.5}  # type: ignore

# negative offset: wrong at '/offset'
example_160: DashboardTopic = {'topic': 'learnings', 'offset': -1}

# unknown order: wrong at '/sort'
example_161: DashboardTopic = {'topic': 'learnings', 'sort': 'newest'}  # type: ignore

# unknown category: wrong at '/filters/category'
example_162: DashboardTopic = {'topic': 'learnings', 'filters': {'category': 'style'}}  # type: ignore

# status in another case: wrong at '/filters/status'
example_163: DashboardTopic = {'topic': 'learnings', 'filters': {'status': 'Active'}}  # type: ignore

# unknown filter: wrong at '/filters/colour'
example_164: DashboardTopic = {'topic': 'learnings', 'filters': {'colour': 'red'}}  # type: ignore

# null instead of no filter: wrong at '/filters/search'
example_165: DashboardTopic = {'topic': 'learnings', 'filters': {'search': None}}  # type: ignore

# empty search: wrong at '/filters/search'
example_166: DashboardTopic = {'topic': 'learnings', 'filters': {'search': ''}}

# NUL in a search: wrong at '/filters/search'
example_167: DashboardTopic = {'topic': 'learnings', 'filters': {'search': 'a\x00b'}}

# scope filter without a level: wrong at '/filters/scope/level'
example_168: DashboardTopic = {'topic': 'learnings', 'filters': {'scope': {'name': 'vibes'}}}  # type: ignore

# scope as text: wrong at '/filters/scope'
example_169: DashboardTopic = {'topic': 'learnings', 'filters': {'scope': 'global'}}  # type: ignore

# period as a number: wrong at '/period'
example_170: DashboardTopic = {'topic': 'attribution', 'period': 7}  # type: ignore

# period of 0 days: wrong at '/period/days'
example_171: DashboardTopic = {'topic': 'attribution', 'period': {'days': 0}}

# period over a year: wrong at '/period/days'
example_172: DashboardTopic = {'topic': 'session_timeline', 'period': {'days': 366}}

# empty period: wrong at '/period/days'
example_173: DashboardTopic = {'topic': 'attribution', 'period': {}}  # type: ignore

# topic in camelCase: wrong at '/topic'
example_174: DashboardTopic = {'topic': 'sessionTimeline'}  # type: ignore

# topic with hyphens: wrong at '/topic'
example_175: DashboardTopic = {'topic': 'strategy-overrides'}  # type: ignore

# misspelt topic: wrong at '/topic'
example_176: DashboardTopic = {'topic': 'atribution'}  # type: ignore

# topic under the name of its data: wrong at '/data_type'
example_177: DashboardTopic = {'topic': 'overview', 'data_type': 'overview'}  # type: ignore

# null instead of filters: wrong at '/filters'
example_178: DashboardTopic = {'topic': 'learnings', 'filters': None}  # type: ignore

# filters as a list: wrong at '/filters'
example_179: DashboardTopic = {'topic': 'learnings', 'filters': [{'status': 'active'}]}  # type: ignore

# several categories: wrong at '/filters/category'
example_180: DashboardTopic = {'topic': 'learnings', 'filters': {'category': ['correction', 'solution']}}  # type: ignore

# category in camelCase: wrong at '/filters/category'
example_181: DashboardTopic = {'topic': 'learnings', 'filters': {'category': 'codePattern'}}  # type: ignore

# category by half its name: wrong at '/filters/category'
example_182: DashboardTopic = {'topic': 'learnings', 'filters': {'category': 'pattern'}}  # type: ignore

# status with a hyphen: wrong at '/filters/status'
example_183: DashboardTopic = {'topic': 'learnings', 'filters': {'status': 'under-review'}}  # type: ignore

# scope of an unknown level: wrong at '/filters/scope/level'
example_184: DashboardTopic = {'topic': 'learnings', 'filters': {'scope': {'level': 'team'}}}  # type: ignore

# scope with a null name: wrong at '/filters/scope/name'
example_185: DashboardTopic = {'topic': 'learnings', 'filters': {'scope': {'level': 'project', 'name': None}}}  # type: ignore

# null limit: wrong at '/limit'
example_186: DashboardTopic = {'topic': 'learnings', 'limit': None}  # type: ignore

# a page in place of an offset: wrong at '/page'
example_187: DashboardTopic = {'topic': 'learnings', 'page': 2}  # type: ignore

# offset over a million: wrong at '/offset'
example_188: DashboardTopic = {'topic': 'learnings', 'offset': 1000001}

# order with a direction: wrong at '/sort'
example_189: DashboardTopic = {'topic': 'learnings', 'sort': '-value'}  # type: ignore

# order in another case: wrong at '/sort'
example_190: DashboardTopic = {'topic': 'learnings', 'sort': 'Recency'}  # type: ignore

# learning_detail with the id under two names: wrong at '/learning_id'
example_191: DashboardTopic = {'topic': 'learning_detail', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01'}  # type: ignore

# learning_detail with a number: wrong at '/id'
example_192: DashboardTopic = {'topic': 'learning_detail', 'id': 42}  # type: ignore

# learning_detail with an id without hyphens: wrong at '/id'
example_193: DashboardTopic = {'topic': 'learning_detail', 'id': '01936f2a7c4e7a109b1d3f2e8c5d6a01'}

# period in words: wrong at '/period'
example_194: DashboardTopic = {'topic': 'attribution', 'period': '7d'}  # type: ignore

# null period: wrong at '/period'
example_195: DashboardTopic = {'topic': 'attribution', 'period': None}  # type: ignore

# days beside the period: wrong at '/days'
example_196: DashboardTopic = {'topic': 'attribution', 'days': 30}  # type: ignore

# days as text: wrong at '/period/days'
example_197: DashboardTopic = {'topic': 'attribution', 'period': {'days': '30'}}  # type: ignore

# half a day: wrong at '/period/days'
example_198: DashboardTopic = {'topic': 'attribution', 'period': {'days': 0.5}}  # type: ignore

# period in weeks: wrong at '/period/weeks'
example_199: DashboardTopic = {'topic': 'session_timeline', 'period': {'days': 7, 'weeks': 1}}  # type: ignore

# timeline limit of 0: wrong at '/limit'
example_200: DashboardTopic = {'topic': 'session_timeline', 'limit': 0}

# timeline limit over 500: wrong at '/limit'
example_201: DashboardTopic = {'topic': 'session_timeline', 'limit': 501}

# timeline with an offset: wrong at '/offset'
example_202: DashboardTopic = {'topic': 'session_timeline', 'offset': 100}  # type: ignore

# strategy_distributions of one category: wrong at '/category'
example_203: DashboardTopic = {'topic': 'strategy_distributions', 'category': 'correction'}  # type: ignore

# overrides limit of 0: wrong at '/limit'
example_204: DashboardTopic = {'topic': 'strategy_overrides', 'limit': 0}

# overrides limit over 500: wrong at '/limit'
example_205: DashboardTopic = {'topic': 'strategy_overrides', 'limit': 501}

# overrides with an offset: wrong at '/offset'
example_206: DashboardTopic = {'topic': 'strategy_overrides', 'offset': 100}  # type: ignore

# health of one component: wrong at '/component'
example_207: DashboardTopic = {'topic': 'health', 'component': 'extraction'}  # type: ignore

# session_started
example_208: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_started', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'scope': {'level': 'project', 'name': 'vibes'}, 'title': 'Rewrite the parser'}

# session_started with nothing but an id
example_209: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_started', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser'}

# session_assessed without a score
example_210: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'outcome': 'partial'}

# session_assessed with everything
example_211: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'outcome': 'partial', 'score': 0.6, 'title': 'Rewrite the parser'}

# learning_extracted
example_212: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'learning_extracted', 'occurred_at': '2026-03-01T08:30:00Z', 'learning': {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'scope': {'level': 'project', 'name': 'vibes'}, 'category': 'code_pattern', 'content': 'Use snake_case for every name on the wire.', 'confidence': 0.8, 'extraction_method': 'transcript', 'source_session': '2026-02-20-refactor'}}

# learning_extracted from no session
example_213: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'learning_extracted', 'occurred_at': '2026-03-01T08:30:00Z', 'learning': {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'scope': {'level': 'project', 'name': 'vibes'}, 'category': 'code_pattern', 'content': 'Use snake_case for every name on the wire.', 'confidence': 0.8, 'extraction_method': 'transcript'}}

# learning_status_changed
example_214: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'learning_status_changed', 'occurred_at': '2026-03-01T08:30:00Z', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'status': 'under_review', 'reason': 'Contradicts another one.'}

# learning_deleted
example_215: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'learning_deleted', 'occurred_at': '2026-03-01T08:30:00Z', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01'}

# attribution_recorded
example_216: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'attribution_recorded', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'activated': True, 'contribution': 0.4, 'confidence': 0.7}

# attribution_recorded of one that was withheld
example_217: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'attribution_recorded', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'activated': False, 'contribution': 0, 'confidence': 0.7, 'withheld': True}

# ablation_updated to in progress
example_218: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'ablation_updated', 'occurred_at': '2026-03-01T08:30:00Z', 'experiment_id': 'exp-7', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'state': 'in_progress'}

# ablation_updated to completed
example_219: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'ablation_updated', 'occurred_at': '2026-03-01T08:30:00Z', 'experiment_id': 'exp-7', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'state': 'completed', 'value': 0.2, 'confidence': 0.9}

# strategy_outcome
example_220: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'strategy_outcome', 'occurred_at': '2026-03-01T08:30:00Z', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'session_id': '2026-03-01-parser', 'context_type': 'code_review', 'variant': 'deferred', 'value': -0.2, 'confidence': 0.6}

# adaptive_param_updated
example_221: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'adaptive_param_updated', 'occurred_at': '2026-03-01T08:30:00Z', 'name': 'injection_threshold', 'value': 0.62, 'confidence': 0.7}

# component_reported
example_222: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'component_reported', 'occurred_at': '2026-03-01T08:30:00Z', 'component': 'extraction', 'status': 'degraded', 'message': 'queue is long'}

# a time with a fraction of a second
example_223: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'occurred_at': '2026-03-01T08:30:00.5Z', 'session_id': '2026-03-01-parser', 'outcome': 'partial'}

# a leap day
example_224: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'occurred_at': '2024-02-29T23:59:59Z', 'session_id': '2026-03-01-parser', 'outcome': 'partial'}

# texts beyond the basic plane
example_225: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_started', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'scope': {'level': 'project', 'name': 'vibes'}, 'title': 'Ship it 🚀'}

# no event_id: wrong at '/event_id'
example_226: IngestEvent = {'type': 'session_assessed', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'outcome': 'partial'}  # type: ignore

# an event_id that is no UUID: wrong at '/event_id'
example_227: IngestEvent = {'event_id': '1', 'type': 'session_assessed', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'outcome': 'partial'}

# an unknown type: wrong at '/type'
example_228: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_ended', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': 's'}  # type: ignore

# a time in local form: wrong at '/occurred_at'
example_229: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'occurred_at': '2026-03-01 08:30:00', 'session_id': '2026-03-01-parser', 'outcome': 'partial'}

# a time as a number: wrong at '/occurred_at'
example_230: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'occurred_at': 1772353800, 'session_id': '2026-03-01-parser', 'outcome': 'partial'}  # type: ignore

# a time that is on no calendar: wrong at '/occurred_at'
example_231: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'occurred_at': '2025-02-29T00:00:00Z', 'session_id': '2026-03-01-parser', 'outcome': 'partial'}

# a leap second: wrong at '/occurred_at'
example_232: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'occurred_at': '2016-12-31T23:59:60Z', 'session_id': '2026-03-01-parser', 'outcome': 'partial'}

# a score over 1: wrong at '/score'
example_233: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'outcome': 'partial', 'score': 1.0001}

# a score as text: wrong at '/score'
example_234: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'outcome': 'partial', 'score': '0.5'}  # type: ignore

# an unknown outcome: wrong at '/outcome'
example_235: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'outcome': 'succeeded'}  # type: ignore

# an empty session_id: wrong at '/session_id'
example_236: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '', 'outcome': 'partial'}

# a session_id over 200 characters: wrong at '/session_id'
example_237: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', 'outcome': 'partial'}

# a session_id with a NUL: wrong at '/session_id'
example_238: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': 'a\x00', 'outcome': 'partial'}

# content without a character: wrong at '/learning/content'
example_239: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'learning_extracted', 'occurred_at': '2026-03-01T08:30:00Z', 'learning': {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'scope': {'level': 'project', 'name': 'vibes'}, 'category': 'code_pattern', 'content': '', 'confidence': 0.8, 'extraction_method': 'transcript', 'source_session': '2026-02-20-refactor'}}

# a learning's field one level too high: wrong at '/confidence'
example_240: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'learning_extracted', 'occurred_at': '2026-03-01T08:30:00Z', 'learning': {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'scope': {'level': 'project', 'name': 'vibes'}, 'category': 'code_pattern', 'content': 'Use snake_case for every name on the wire.', 'confidence': 0.8, 'extraction_method': 'transcript', 'source_session': '2026-02-20-refactor'}, 'confidence': 1}  # type: ignore

# activated as a number: wrong at '/activated'
example_241: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'attribution_recorded', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'activated': 1, 'contribution': 0.4, 'confidence': 0.7}  # type: ignore

# a contribution below -1: wrong at '/contribution'
example_242: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'attribution_recorded', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'activated': True, 'contribution': -1.5, 'confidence': 0.7}

# null instead of nothing: wrong at '/withheld'
example_243: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'attribution_recorded', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'activated': True, 'contribution': 0.4, 'confidence': 0.7, 'withheld': None}  # type: ignore

# an unknown variant: wrong at '/variant'
example_244: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'strategy_outcome', 'occurred_at': '2026-03-01T08:30:00Z', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'session_id': '2026-03-01-parser', 'context_type': 'code_review', 'variant': 'main', 'value': -0.2, 'confidence': 0.6}  # type: ignore

# an unknown component: wrong at '/component'
example_245: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'component_reported', 'occurred_at': '2026-03-01T08:30:00Z', 'component': 'injector', 'status': 'ok', 'message': ''}  # type: ignore

# a component that reports to be unknown: wrong at '/status'
example_246: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'component_reported', 'occurred_at': '2026-03-01T08:30:00Z', 'component': 'strategy', 'status': 'unknown', 'message': ''}  # type: ignore

# a learning_id in upper case: wrong at '/learning_id'
example_247: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'strategy_outcome', 'occurred_at': '2026-03-01T08:30:00Z', 'learning_id': '01936F2A-7C4E-7A10-9B1D-3F2E8C5D6A01', 'session_id': '2026-03-01-parser', 'context_type': 'code_review', 'variant': 'deferred', 'value': -0.2, 'confidence': 0.6}

# a property of another event: wrong at '/score'
example_248: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_started', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'scope': {'level': 'project', 'name': 'vibes'}, 'title': 'Rewrite the parser', 'score': 1}  # type: ignore

# a list of events: wrong at ''
example_249: IngestEvent = [{'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'learning_deleted', 'occurred_at': '2026-03-01T08:30:00Z', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01'}]  # type: ignore

# a type in camelCase: wrong at '/type'
example_250: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'learningDeleted', 'occurred_at': '2026-03-01T08:30:00Z', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01'}  # type: ignore

# a type with a dot: wrong at '/type'
example_251: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session.started', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'scope': {'level': 'project', 'name': 'vibes'}, 'title': 'Rewrite the parser'}  # type: ignore

# an event_id in upper case: wrong at '/event_id'
example_252: IngestEvent = {'event_id': '01936F2B-0000-7000-8000-0000000000E1', 'type': 'session_assessed', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'outcome': 'partial', 'score': 0.6, 'title': 'Rewrite the parser'}

# an event_id without hyphens: wrong at '/event_id'
example_253: IngestEvent = {'event_id': '01936f2b0000700080000000000000e1', 'type': 'session_assessed', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'outcome': 'partial', 'score': 0.6, 'title': 'Rewrite the parser'}

# no time: wrong at '/occurred_at'
example_254: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'session_id': '2026-03-01-parser', 'outcome': 'partial', 'score': 0.6, 'title': 'Rewrite the parser'}  # type: ignore

# a time without its zone: wrong at '/occurred_at'
example_255: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'occurred_at': '2026-03-01T08:30:00', 'session_id': '2026-03-01-parser', 'outcome': 'partial', 'score': 0.6, 'title': 'Rewrite the parser'}

# a time with an offset: wrong at '/occurred_at'
example_256: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'occurred_at': '2026-03-01T09:30:00+01:00', 'session_id': '2026-03-01-parser', 'outcome': 'partial', 'score': 0.6, 'title': 'Rewrite the parser'}

# a time in lower case: wrong at '/occurred_at'
example_257: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'occurred_at': '2026-03-01t08:30:00z', 'session_id': '2026-03-01-parser', 'outcome': 'partial', 'score': 0.6, 'title': 'Rewrite the parser'}

# a time of nanoseconds: wrong at '/occurred_at'
example_258: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'occurred_at': '2026-03-01T08:30:00.123456789Z', 'session_id': '2026-03-01-parser', 'outcome': 'partial', 'score': 0.6, 'title': 'Rewrite the parser'}

# a time without seconds: wrong at '/occurred_at'
example_259: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'occurred_at': '2026-03-01T08:30Z', 'session_id': '2026-03-01-parser', 'outcome': 'partial', 'score': 0.6, 'title': 'Rewrite the parser'}

# a date alone: wrong at '/occurred_at'
example_260: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'occurred_at': '2026-03-01', 'session_id': '2026-03-01-parser', 'outcome': 'partial', 'score': 0.6, 'title': 'Rewrite the parser'}

# the midnight of 24 o'clock: wrong at '/occurred_at'
example_261: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'occurred_at': '2026-03-01T24:00:00Z', 'session_id': '2026-03-01-parser', 'outcome': 'partial', 'score': 0.6, 'title': 'Rewrite the parser'}

# a score in percent: wrong at '/score'
example_262: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'outcome': 'partial', 'score': 60, 'title': 'Rewrite the parser'}

# a score of NaN, as text: wrong at '/score'
example_263: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'outcome': 'partial', 'score': 'NaN', 'title': 'Rewrite the parser'}  # type: ignore

# a null score: wrong at '/score'
example_264: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'outcome': 'partial', 'score': None, 'title': 'Rewrite the parser'}  # type: ignore

# an outcome in another case: wrong at '/outcome'
example_265: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'outcome': 'Partial', 'score': 0.6, 'title': 'Rewrite the parser'}  # type: ignore

# a session_id as a number: wrong at '/session_id'
example_266: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': 17, 'outcome': 'partial', 'score': 0.6, 'title': 'Rewrite the parser'}  # type: ignore

# an empty title: wrong at '/title'
example_267: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_assessed', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'outcome': 'partial', 'score': 0.6, 'title': ''}

# a scope as text: wrong at '/scope'
example_268: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_started', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'scope': 'project:vibes', 'title': 'Rewrite the parser'}  # type: ignore

# a global scope with a null name: wrong at '/scope/name'
example_269: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'session_started', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'scope': {'level': 'global', 'name': None}, 'title': 'Rewrite the parser'}  # type: ignore

# a user scope without a name: wrong at '/learning/scope/name'
example_270: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'learning_extracted', 'occurred_at': '2026-03-01T08:30:00Z', 'learning': {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'scope': {'level': 'user'}, 'category': 'code_pattern', 'content': 'Use snake_case for every name on the wire.', 'confidence': 0.8, 'extraction_method': 'transcript', 'source_session': '2026-02-20-refactor'}}  # type: ignore

# a scope with its level under a second name: wrong at '/learning/scope/type'
example_271: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'learning_extracted', 'occurred_at': '2026-03-01T08:30:00Z', 'learning': {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'scope': {'level': 'project', 'name': 'vibes', 'type': 'project'}, 'category': 'code_pattern', 'content': 'Use snake_case for every name on the wire.', 'confidence': 0.8, 'extraction_method': 'transcript', 'source_session': '2026-02-20-refactor'}}  # type: ignore

# a learning by its id: wrong at '/learning'
example_272: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'learning_extracted', 'occurred_at': '2026-03-01T08:30:00Z', 'learning': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01'}  # type: ignore

# no learning: wrong at '/learning'
example_273: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'learning_extracted', 'occurred_at': '2026-03-01T08:30:00Z'}  # type: ignore

# a category in another case: wrong at '/learning/category'
example_274: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'learning_extracted', 'occurred_at': '2026-03-01T08:30:00Z', 'learning': {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'scope': {'level': 'project', 'name': 'vibes'}, 'category': 'CodePattern', 'content': 'Use snake_case for every name on the wire.', 'confidence': 0.8, 'extraction_method': 'transcript', 'source_session': '2026-02-20-refactor'}}  # type: ignore

# a category by half its name: wrong at '/learning/category'
example_275: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'learning_extracted', 'occurred_at': '2026-03-01T08:30:00Z', 'learning': {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'scope': {'level': 'project', 'name': 'vibes'}, 'category': 'pattern', 'content': 'Use snake_case for every name on the wire.', 'confidence': 0.8, 'extraction_method': 'transcript', 'source_session': '2026-02-20-refactor'}}  # type: ignore

# a confidence in percent: wrong at '/learning/confidence'
example_276: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'learning_extracted', 'occurred_at': '2026-03-01T08:30:00Z', 'learning': {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'scope': {'level': 'project', 'name': 'vibes'}, 'category': 'code_pattern', 'content': 'Use snake_case for every name on the wire.', 'confidence': 80, 'extraction_method': 'transcript', 'source_session': '2026-02-20-refactor'}}

# a confidence in words: wrong at '/learning/confidence'
example_277: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'learning_extracted', 'occurred_at': '2026-03-01T08:30:00Z', 'learning': {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'scope': {'level': 'project', 'name': 'vibes'}, 'category': 'code_pattern', 'content': 'Use snake_case for every name on the wire.', 'confidence': 'high', 'extraction_method': 'transcript', 'source_session': '2026-02-20-refactor'}}  # type: ignore

# null where no session is the source: wrong at '/learning/source_session'
example_278: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'learning_extracted', 'occurred_at': '2026-03-01T08:30:00Z', 'learning': {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'scope': {'level': 'project', 'name': 'vibes'}, 'category': 'code_pattern', 'content': 'Use snake_case for every name on the wire.', 'confidence': 0.8, 'extraction_method': 'transcript', 'source_session': None}}  # type: ignore

# the source in camelCase: wrong at '/learning/sourceSession'
example_279: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'learning_extracted', 'occurred_at': '2026-03-01T08:30:00Z', 'learning': {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'scope': {'level': 'project', 'name': 'vibes'}, 'category': 'code_pattern', 'content': 'Use snake_case for every name on the wire.', 'confidence': 0.8, 'extraction_method': 'transcript', 'sourceSession': '2026-02-20-refactor'}}  # type: ignore

# a status in another case: wrong at '/status'
example_280: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'learning_status_changed', 'occurred_at': '2026-03-01T08:30:00Z', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'status': 'Active', 'reason': 'Contradicts another one.'}  # type: ignore

# a status with a hyphen: wrong at '/status'
example_281: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'learning_status_changed', 'occurred_at': '2026-03-01T08:30:00Z', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'status': 'under-review', 'reason': 'Contradicts another one.'}  # type: ignore

# a null reason: wrong at '/reason'
example_282: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'learning_status_changed', 'occurred_at': '2026-03-01T08:30:00Z', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'status': 'under_review', 'reason': None}  # type: ignore

# a deletion with a reason: wrong at '/reason'
example_283: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'learning_deleted', 'occurred_at': '2026-03-01T08:30:00Z', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'reason': 'It hurts.'}  # type: ignore

# a deletion of several: wrong at '/learning_id'
example_284: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'learning_deleted', 'occurred_at': '2026-03-01T08:30:00Z', 'learning_id': ['01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01']}  # type: ignore

# a contribution without activated: wrong at '/activated'
example_285: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'attribution_recorded', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'contribution': 0.4, 'confidence': 0.7}  # type: ignore

# activated as text: wrong at '/activated'
example_286: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'attribution_recorded', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'activated': 'yes', 'contribution': 0.4, 'confidence': 0.7}  # type: ignore

# a contribution in percent: wrong at '/contribution'
example_287: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'attribution_recorded', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'activated': True, 'contribution': 40, 'confidence': 0.7}

# a null contribution: wrong at '/contribution'
example_288: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'attribution_recorded', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'activated': False, 'contribution': None, 'confidence': 0.7, 'withheld': True}  # type: ignore

# an attribution without confidence: wrong at '/confidence'
example_289: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'attribution_recorded', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'activated': True, 'contribution': 0.4}  # type: ignore

# an attribution with the learning's content: wrong at '/content'
example_290: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'attribution_recorded', 'occurred_at': '2026-03-01T08:30:00Z', 'session_id': '2026-03-01-parser', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'activated': True, 'contribution': 0.4, 'confidence': 0.7, 'content': 'Use snake_case for every name on the wire.'}  # type: ignore

# an experiment in another word: wrong at '/state'
example_291: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'ablation_updated', 'occurred_at': '2026-03-01T08:30:00Z', 'experiment_id': 'exp-7', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'state': 'running'}  # type: ignore

# an experiment by a number: wrong at '/experiment_id'
example_292: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'ablation_updated', 'occurred_at': '2026-03-01T08:30:00Z', 'experiment_id': 7, 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'state': 'in_progress'}  # type: ignore

# null where nothing was measured yet: wrong at '/value'
example_293: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'ablation_updated', 'occurred_at': '2026-03-01T08:30:00Z', 'experiment_id': 'exp-7', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'state': 'in_progress', 'value': None}  # type: ignore

# a success in place of a value: wrong at '/value'
example_294: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'strategy_outcome', 'occurred_at': '2026-03-01T08:30:00Z', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'session_id': '2026-03-01-parser', 'context_type': 'code_review', 'variant': 'deferred', 'value': True, 'confidence': 0.6}

# a variant in camelCase: wrong at '/variant'
example_295: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'strategy_outcome', 'occurred_at': '2026-03-01T08:30:00Z', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'session_id': '2026-03-01-parser', 'context_type': 'code_review', 'variant': 'mainContext', 'value': -0.2, 'confidence': 0.6}  # type: ignore

# an unknown context: wrong at '/context_type'
example_296: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'strategy_outcome', 'occurred_at': '2026-03-01T08:30:00Z', 'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'session_id': '2026-03-01-parser', 'context_type': 'chat', 'variant': 'deferred', 'value': -0.2, 'confidence': 0.6}  # type: ignore

# a parameter's value as text: wrong at '/value'
example_297: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'adaptive_param_updated', 'occurred_at': '2026-03-01T08:30:00Z', 'name': 'injection_threshold', 'value': '0.62', 'confidence': 0.7}  # type: ignore

# a parameter beyond a billion: wrong at '/value'
example_298: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'adaptive_param_updated', 'occurred_at': '2026-03-01T08:30:00Z', 'name': 'injection_threshold', 'value': 10000000000.0, 'confidence': 0.7}

# a report without words: wrong at '/message'
example_299: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'component_reported', 'occurred_at': '2026-03-01T08:30:00Z', 'component': 'extraction', 'status': 'degraded'}  # type: ignore

# a report in another word: wrong at '/status'
example_300: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'component_reported', 'occurred_at': '2026-03-01T08:30:00Z', 'component': 'extraction', 'status': 'healthy', 'message': 'queue is long'}  # type: ignore

# a report in another case: wrong at '/status'
example_301: IngestEvent = {'event_id': '01936f2b-0000-7000-8000-0000000000e1', 'type': 'component_reported', 'occurred_at': '2026-03-01T08:30:00Z', 'component': 'extraction', 'status': 'OK', 'message': 'queue is long'}  # type: ignore

# two stored and one known before
example_302: IngestResult = {'accepted': 2, 'duplicates': 1}

# nothing sent
example_303: IngestResult = {'accepted': 0, 'duplicates': 0}

# a count as text: wrong at '/accepted'
example_304: IngestResult = {'accepted': '2', 'duplicates': 0}  # type: ignore

# a negative count: wrong at '/duplicates'
example_305: IngestResult = {'accepted': 0, 'duplicates': -1}

# half an event: wrong at '/accepted'
example_306: IngestResult = {'accepted': 0.5, 'duplicates': 0}  # type: ignore

# duplicates left out because there are none: wrong at '/duplicates'
example_307: IngestResult = {'accepted': 0}  # type: ignore

# faults beside the counts: wrong at '/errors'
example_308: IngestResult = {'accepted': 0, 'duplicates': 0, 'errors': []}  # type: ignore

# an unknown learning
example_309: Problem = {'type': 'about:blank', 'title': 'Not Found', 'status': 404, 'detail': 'There is no such learning.', 'code': 'not_found'}

# a wrong parameter
example_310: Problem = {'type': 'about:blank', 'title': 'Unprocessable Entity', 'status': 422, 'detail': 'A parameter is wrong.', 'code': 'invalid_message', 'details': [{'path': '/days', 'message': 'This must be at least 1.'}]}

# invalid events
example_311: Problem = {'type': 'about:blank', 'title': 'Unprocessable Entity', 'status': 422, 'detail': 'An event is not valid; nothing was stored.', 'code': 'invalid_message', 'errors': [{'index': 3, 'path': '/learning/category', 'message': 'This must be one of the categories.'}]}

# what has no code on the socket
example_312: Problem = {'type': 'about:blank', 'title': 'Upgrade Required', 'status': 426}

# a text in place of a problem: wrong at ''
example_313: Problem = 'There is no such learning.'  # type: ignore

# a status as text: wrong at '/status'
example_314: Problem = {'type': 'about:blank', 'title': 'Not Found', 'status': '404', 'detail': 'There is no such learning.', 'code': 'not_found'}  # type: ignore

# a status that is no failure: wrong at '/status'
example_315: Problem = {'type': 'about:blank', 'title': 'Not Found', 'status': 200, 'detail': 'There is no such learning.', 'code': 'not_found'}

# a code in upper case: wrong at '/code'
example_316: Problem = {'type': 'about:blank', 'title': 'Not Found', 'status': 404, 'detail': 'There is no such learning.', 'code': 'NOT_FOUND'}  # type: ignore

# a null code: wrong at '/code'
example_317: Problem = {'type': 'about:blank', 'title': 'Upgrade Required', 'status': 426, 'code': None}  # type: ignore

# a message in place of the detail: wrong at '/message'
example_318: Problem = {'type': 'about:blank', 'title': 'Upgrade Required', 'status': 426, 'message': 'No upgrade.'}  # type: ignore

# no title: wrong at '/title'
example_319: Problem = {'type': 'about:blank', 'status': 404, 'detail': 'There is no such learning.', 'code': 'not_found'}  # type: ignore

# details by their place: wrong at '/details'
example_320: Problem = {'type': 'about:blank', 'title': 'Unprocessable Entity', 'status': 422, 'detail': 'A parameter is wrong.', 'code': 'invalid_message', 'details': {'/days': 'This must be at least 1.'}}  # type: ignore

# a fault of an event without its index: wrong at '/errors/0/index'
example_321: Problem = {'type': 'about:blank', 'title': 'Unprocessable Entity', 'status': 422, 'detail': 'An event is not valid; nothing was stored.', 'code': 'invalid_message', 'errors': [{'path': '/learning/category', 'message': 'This must be one of the categories.'}]}  # type: ignore

# an index before the first: wrong at '/errors/0/index'
example_322: Problem = {'type': 'about:blank', 'title': 'Unprocessable Entity', 'status': 422, 'detail': 'An event is not valid; nothing was stored.', 'code': 'invalid_message', 'errors': [{'index': -1, 'path': '/learning/category', 'message': 'This must be one of the categories.'}]}

# overview
example_323: TopicData = {'data_type': 'overview', 'trends': {'sparkline': [{'date': '2026-02-23', 'mean_score': None, 'session_count': 0}, {'date': '2026-02-24', 'mean_score': 0.75, 'session_count': 2}], 'improvement': 0.071429, 'direction': 'rising', 'session_count': 2, 'period_days': 7}, 'learnings': {'total': 2, 'active': 1, 'by_category': {'code_pattern': 1, 'preference': 1}, 'by_status': {'active': 1, 'under_review': 1}, 'recent': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}]}, 'attribution': {'top_contributors': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'estimated_value': 0.307692, 'confidence': 0.792308}], 'under_review_count': 1, 'negative_count': 0}, 'health': {'overall_status': 'degraded', 'assessment_coverage': 0.8, 'ablation_coverage': 0.5, 'last_activity': '2026-03-01T08:30:00Z'}}

# overview of an empty store
example_324: TopicData = {'data_type': 'overview', 'trends': {'sparkline': [], 'improvement': None, 'direction': 'stable', 'session_count': 0, 'period_days': 7}, 'learnings': {'total': 0, 'active': 0, 'by_category': {}, 'by_status': {}, 'recent': []}, 'attribution': {'top_contributors': [], 'under_review_count': 0, 'negative_count': 0}, 'health': {'overall_status': 'unknown', 'assessment_coverage': None, 'ablation_coverage': None, 'last_activity': None}}

# learnings
example_325: TopicData = {'data_type': 'learnings', 'learnings': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}, {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'global'}, 'status': 'disabled', 'estimated_value': -0.12, 'confidence': 0, 'session_count': 0, 'created_at': '2026-03-01T08:30:00Z'}], 'total': 24}

# learning_detail
example_326: TopicData = {'data_type': 'learning_detail', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z', 'status_reason': None, 'times_injected': 15, 'activation_rate': 0.8, 'temporal_value': 0.4, 'temporal_confidence': 0.713049, 'ablation': {'state': 'completed', 'value': 0.2, 'confidence': 0.9}, 'source_session': '2026-02-20-refactor', 'extraction_method': 'transcript', 'history': [{'date': '2026-02-28', 'mean_contribution': None, 'session_count': 0}, {'date': '2026-03-01', 'mean_contribution': -0.05, 'session_count': 1}]}

# learning_detail without an experiment
example_327: TopicData = {'data_type': 'learning_detail', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z', 'status_reason': None, 'times_injected': 15, 'activation_rate': 0.8, 'temporal_value': 0.4, 'temporal_confidence': 0.713049, 'ablation': {'state': 'pending', 'value': None, 'confidence': None}, 'source_session': None, 'extraction_method': 'transcript', 'history': [{'date': '2026-02-28', 'mean_contribution': None, 'session_count': 0}, {'date': '2026-03-01', 'mean_contribution': -0.05, 'session_count': 1}]}

# attribution
example_328: TopicData = {'data_type': 'attribution', 'period_days': 7, 'top_contributors': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'status': 'active'}], 'negative_impact': [], 'ablation_coverage': {'coverage': 0.5, 'completed': 1, 'in_progress': 0, 'pending': 1}}

# session_timeline
example_329: TopicData = {'data_type': 'session_timeline', 'period_days': 30, 'sessions': [{'session_id': '2026-03-01-parser', 'title': 'Rewrite the parser', 'assessed_at': '2026-03-01T08:30:00Z', 'score': 0.75, 'outcome': 'partial', 'learnings_activated': 2, 'contributions': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'contribution': 0.4}, {'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02', 'content': '(deleted learning)', 'contribution': -0.1}], 'warning': '1 activated learning has a negative lifetime value'}, {'session_id': 's', 'title': None, 'assessed_at': '2026-03-01T08:30:00Z', 'score': 0, 'outcome': 'abandoned', 'learnings_activated': 0, 'contributions': [], 'warning': None}], 'total': 2}

# strategy_distributions
example_330: TopicData = {'data_type': 'strategy_distributions', 'distributions': [{'category': 'correction', 'context_type': 'interactive', 'session_count': 3, 'weights': [{'variant': 'main_context', 'weight': 0.3}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}]}], 'specialized_count': 0, 'total_learnings': 24}

# strategy_overrides
example_331: TopicData = {'data_type': 'strategy_overrides', 'overrides': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'session_count': 8, 'is_specialized': False, 'weights': [{'variant': 'main_context', 'weight': 0.3}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}], 'base_weights': [{'variant': 'main_context', 'weight': 0.3}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}], 'sessions_to_specialize': 12}], 'total': 1}

# health
example_332: TopicData = {'data_type': 'health', 'overall_status': 'unknown', 'components': [{'component': 'assessment', 'status': 'ok', 'last_activity': '2026-03-01T08:30:00Z', 'message': '12 sessions assessed', 'coverage': 0.8, 'item_count': 112}, {'component': 'extraction', 'status': 'degraded', 'last_activity': '2026-03-01T08:30:00Z', 'message': '', 'coverage': None, 'item_count': 24}, {'component': 'attribution', 'status': 'ok', 'last_activity': '2026-03-01T08:30:00Z', 'message': 'up to date', 'coverage': 0.5, 'item_count': 340}, {'component': 'strategy', 'status': 'unknown', 'last_activity': None, 'message': None, 'coverage': None, 'item_count': 0}], 'adaptive_params': [{'name': 'injection_threshold', 'current_value': 0.62, 'confidence': 0.7, 'trend': 'rising', 'history': [0.5, 0.55, 0.62]}], 'recent_activity': [{'occurred_at': '2026-03-01T08:30:00Z', 'component': 'attribution', 'status': 'ok', 'message': 'up to date'}]}

# no data_type: wrong at '/data_type'
example_333: TopicData = {'overrides': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'session_count': 8, 'is_specialized': False, 'weights': [{'variant': 'main_context', 'weight': 0.3}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}], 'base_weights': [{'variant': 'main_context', 'weight': 0.3}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}], 'sessions_to_specialize': 12}], 'total': 1}  # type: ignore

# a data_type that is no topic: wrong at '/data_type'
example_334: TopicData = {'data_type': 'summary'}  # type: ignore

# a nullable figure left out: wrong at '/trends/improvement'
example_335: TopicData = {'data_type': 'overview', 'trends': {'sparkline': [{'date': '2026-02-23', 'mean_score': None, 'session_count': 0}, {'date': '2026-02-24', 'mean_score': 0.75, 'session_count': 2}], 'direction': 'rising', 'session_count': 2, 'period_days': 7}, 'learnings': {'total': 2, 'active': 1, 'by_category': {'code_pattern': 1, 'preference': 1}, 'by_status': {'active': 1, 'under_review': 1}, 'recent': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}]}, 'attribution': {'top_contributors': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'estimated_value': 0.307692, 'confidence': 0.792308}], 'under_review_count': 1, 'negative_count': 0}, 'health': {'overall_status': 'degraded', 'assessment_coverage': 0.8, 'ablation_coverage': 0.5, 'last_activity': '2026-03-01T08:30:00Z'}}  # type: ignore

# null where a figure must stand: wrong at '/learnings/total'
example_336: TopicData = {'data_type': 'overview', 'trends': {'sparkline': [{'date': '2026-02-23', 'mean_score': None, 'session_count': 0}, {'date': '2026-02-24', 'mean_score': 0.75, 'session_count': 2}], 'improvement': 0.071429, 'direction': 'rising', 'session_count': 2, 'period_days': 7}, 'learnings': {'total': None, 'active': 1, 'by_category': {'code_pattern': 1, 'preference': 1}, 'by_status': {'active': 1, 'under_review': 1}, 'recent': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}]}, 'attribution': {'top_contributors': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'estimated_value': 0.307692, 'confidence': 0.792308}], 'under_review_count': 1, 'negative_count': 0}, 'health': {'overall_status': 'degraded', 'assessment_coverage': 0.8, 'ablation_coverage': 0.5, 'last_activity': '2026-03-01T08:30:00Z'}}  # type: ignore

# a percentage: wrong at '/health/assessment_coverage'
example_337: TopicData = {'data_type': 'overview', 'trends': {'sparkline': [{'date': '2026-02-23', 'mean_score': None, 'session_count': 0}, {'date': '2026-02-24', 'mean_score': 0.75, 'session_count': 2}], 'improvement': 0.071429, 'direction': 'rising', 'session_count': 2, 'period_days': 7}, 'learnings': {'total': 2, 'active': 1, 'by_category': {'code_pattern': 1, 'preference': 1}, 'by_status': {'active': 1, 'under_review': 1}, 'recent': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}]}, 'attribution': {'top_contributors': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'estimated_value': 0.307692, 'confidence': 0.792308}], 'under_review_count': 1, 'negative_count': 0}, 'health': {'overall_status': 'degraded', 'assessment_coverage': 80, 'ablation_coverage': 0.5, 'last_activity': '2026-03-01T08:30:00Z'}}

# an unknown category as a key: wrong at '/learnings/by_category/style'
example_338: TopicData = {'data_type': 'overview', 'trends': {'sparkline': [{'date': '2026-02-23', 'mean_score': None, 'session_count': 0}, {'date': '2026-02-24', 'mean_score': 0.75, 'session_count': 2}], 'improvement': 0.071429, 'direction': 'rising', 'session_count': 2, 'period_days': 7}, 'learnings': {'total': 2, 'active': 1, 'by_category': {'style': 1}, 'by_status': {'active': 1, 'under_review': 1}, 'recent': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}]}, 'attribution': {'top_contributors': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'estimated_value': 0.307692, 'confidence': 0.792308}], 'under_review_count': 1, 'negative_count': 0}, 'health': {'overall_status': 'degraded', 'assessment_coverage': 0.8, 'ablation_coverage': 0.5, 'last_activity': '2026-03-01T08:30:00Z'}}  # type: ignore

# a negative count: wrong at '/learnings/by_status/active'
example_339: TopicData = {'data_type': 'overview', 'trends': {'sparkline': [{'date': '2026-02-23', 'mean_score': None, 'session_count': 0}, {'date': '2026-02-24', 'mean_score': 0.75, 'session_count': 2}], 'improvement': 0.071429, 'direction': 'rising', 'session_count': 2, 'period_days': 7}, 'learnings': {'total': 2, 'active': 1, 'by_category': {'code_pattern': 1, 'preference': 1}, 'by_status': {'active': -1}, 'recent': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}]}, 'attribution': {'top_contributors': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'estimated_value': 0.307692, 'confidence': 0.792308}], 'under_review_count': 1, 'negative_count': 0}, 'health': {'overall_status': 'degraded', 'assessment_coverage': 0.8, 'ablation_coverage': 0.5, 'last_activity': '2026-03-01T08:30:00Z'}}

# a day that is on no calendar: wrong at '/trends/sparkline/0/date'
example_340: TopicData = {'data_type': 'overview', 'trends': {'sparkline': [{'date': '2026-02-30', 'mean_score': None, 'session_count': 0}, {'date': '2026-02-24', 'mean_score': 0.75, 'session_count': 2}], 'improvement': 0.071429, 'direction': 'rising', 'session_count': 2, 'period_days': 7}, 'learnings': {'total': 2, 'active': 1, 'by_category': {'code_pattern': 1, 'preference': 1}, 'by_status': {'active': 1, 'under_review': 1}, 'recent': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}]}, 'attribution': {'top_contributors': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'estimated_value': 0.307692, 'confidence': 0.792308}], 'under_review_count': 1, 'negative_count': 0}, 'health': {'overall_status': 'degraded', 'assessment_coverage': 0.8, 'ablation_coverage': 0.5, 'last_activity': '2026-03-01T08:30:00Z'}}

# another period: wrong at '/trends/period_days'
example_341: TopicData = {'data_type': 'overview', 'trends': {'sparkline': [{'date': '2026-02-23', 'mean_score': None, 'session_count': 0}, {'date': '2026-02-24', 'mean_score': 0.75, 'session_count': 2}], 'improvement': 0.071429, 'direction': 'rising', 'session_count': 2, 'period_days': 30}, 'learnings': {'total': 2, 'active': 1, 'by_category': {'code_pattern': 1, 'preference': 1}, 'by_status': {'active': 1, 'under_review': 1}, 'recent': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}]}, 'attribution': {'top_contributors': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'estimated_value': 0.307692, 'confidence': 0.792308}], 'under_review_count': 1, 'negative_count': 0}, 'health': {'overall_status': 'degraded', 'assessment_coverage': 0.8, 'ablation_coverage': 0.5, 'last_activity': '2026-03-01T08:30:00Z'}}  # type: ignore

# a time with an offset: wrong at '/learnings/0/created_at'
example_342: TopicData = {'data_type': 'learnings', 'learnings': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T09:30:00+01:00'}, {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'global'}, 'status': 'disabled', 'estimated_value': -0.12, 'confidence': 0, 'session_count': 0, 'created_at': '2026-03-01T08:30:00Z'}], 'total': 24}

# a project scope without a name: wrong at '/learnings/0/scope/name'
example_343: TopicData = {'data_type': 'learnings', 'learnings': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}, {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'global'}, 'status': 'disabled', 'estimated_value': -0.12, 'confidence': 0, 'session_count': 0, 'created_at': '2026-03-01T08:30:00Z'}], 'total': 24}  # type: ignore

# a global scope with a name: wrong at '/learnings/1/scope/name'
example_344: TopicData = {'data_type': 'learnings', 'learnings': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}, {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'global', 'name': 'x'}, 'status': 'disabled', 'estimated_value': -0.12, 'confidence': 0, 'session_count': 0, 'created_at': '2026-03-01T08:30:00Z'}], 'total': 24}  # type: ignore

# an unknown scope level: wrong at '/learnings/0/scope/level'
example_345: TopicData = {'data_type': 'learnings', 'learnings': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'team', 'name': 'x'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}, {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'global'}, 'status': 'disabled', 'estimated_value': -0.12, 'confidence': 0, 'session_count': 0, 'created_at': '2026-03-01T08:30:00Z'}], 'total': 24}  # type: ignore

# a value below -1: wrong at '/sessions/0/contributions/1/contribution'
example_346: TopicData = {'data_type': 'session_timeline', 'period_days': 30, 'sessions': [{'session_id': '2026-03-01-parser', 'title': 'Rewrite the parser', 'assessed_at': '2026-03-01T08:30:00Z', 'score': 0.75, 'outcome': 'partial', 'learnings_activated': 2, 'contributions': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'contribution': 0.4}, {'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02', 'content': '(deleted learning)', 'contribution': -1.01}], 'warning': '1 activated learning has a negative lifetime value'}, {'session_id': 's', 'title': None, 'assessed_at': '2026-03-01T08:30:00Z', 'score': 0, 'outcome': 'abandoned', 'learnings_activated': 0, 'contributions': [], 'warning': None}], 'total': 2}

# overrides without their total: wrong at '/total'
example_347: TopicData = {'data_type': 'strategy_overrides', 'overrides': []}  # type: ignore

# a boolean as a number: wrong at '/overrides/0/is_specialized'
example_348: TopicData = {'data_type': 'strategy_overrides', 'overrides': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'session_count': 8, 'is_specialized': 0, 'weights': [{'variant': 'main_context', 'weight': 0.3}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}], 'base_weights': [{'variant': 'main_context', 'weight': 0.3}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}], 'sessions_to_specialize': 12}], 'total': 1}  # type: ignore

# a component that reports to be unknown: wrong at '/recent_activity/0/status'
example_349: TopicData = {'data_type': 'health', 'overall_status': 'unknown', 'components': [{'component': 'assessment', 'status': 'ok', 'last_activity': '2026-03-01T08:30:00Z', 'message': '12 sessions assessed', 'coverage': 0.8, 'item_count': 112}, {'component': 'extraction', 'status': 'degraded', 'last_activity': '2026-03-01T08:30:00Z', 'message': '', 'coverage': None, 'item_count': 24}, {'component': 'attribution', 'status': 'ok', 'last_activity': '2026-03-01T08:30:00Z', 'message': 'up to date', 'coverage': 0.5, 'item_count': 340}, {'component': 'strategy', 'status': 'unknown', 'last_activity': None, 'message': None, 'coverage': None, 'item_count': 0}], 'adaptive_params': [{'name': 'injection_threshold', 'current_value': 0.62, 'confidence': 0.7, 'trend': 'rising', 'history': [0.5, 0.55, 0.62]}], 'recent_activity': [{'occurred_at': '2026-03-01T08:30:00Z', 'component': 'attribution', 'status': 'unknown', 'message': 'up to date'}]}  # type: ignore

# the moment of asking: wrong at '/generated_at'
example_350: TopicData = {'data_type': 'health', 'overall_status': 'unknown', 'components': [{'component': 'assessment', 'status': 'ok', 'last_activity': '2026-03-01T08:30:00Z', 'message': '12 sessions assessed', 'coverage': 0.8, 'item_count': 112}, {'component': 'extraction', 'status': 'degraded', 'last_activity': '2026-03-01T08:30:00Z', 'message': '', 'coverage': None, 'item_count': 24}, {'component': 'attribution', 'status': 'ok', 'last_activity': '2026-03-01T08:30:00Z', 'message': 'up to date', 'coverage': 0.5, 'item_count': 340}, {'component': 'strategy', 'status': 'unknown', 'last_activity': None, 'message': None, 'coverage': None, 'item_count': 0}], 'adaptive_params': [{'name': 'injection_threshold', 'current_value': 0.62, 'confidence': 0.7, 'trend': 'rising', 'history': [0.5, 0.55, 0.62]}], 'recent_activity': [{'occurred_at': '2026-03-01T08:30:00Z', 'component': 'attribution', 'status': 'ok', 'message': 'up to date'}], 'generated_at': '2026-03-01T08:30:00Z'}  # type: ignore

# a date with a time: wrong at '/trends/sparkline/0/date'
example_351: TopicData = {'data_type': 'overview', 'trends': {'sparkline': [{'date': '2026-02-23T00:00:00Z', 'mean_score': None, 'session_count': 0}, {'date': '2026-02-24', 'mean_score': 0.75, 'session_count': 2}], 'improvement': 0.071429, 'direction': 'rising', 'session_count': 2, 'period_days': 7}, 'learnings': {'total': 2, 'active': 1, 'by_category': {'code_pattern': 1, 'preference': 1}, 'by_status': {'active': 1, 'under_review': 1}, 'recent': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}]}, 'attribution': {'top_contributors': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'estimated_value': 0.307692, 'confidence': 0.792308}], 'under_review_count': 1, 'negative_count': 0}, 'health': {'overall_status': 'degraded', 'assessment_coverage': 0.8, 'ablation_coverage': 0.5, 'last_activity': '2026-03-01T08:30:00Z'}}

# a sparkline of bare numbers: wrong at '/trends/sparkline/0'
example_352: TopicData = {'data_type': 'overview', 'trends': {'sparkline': [0.75, {'date': '2026-02-24', 'mean_score': 0.75, 'session_count': 2}], 'improvement': 0.071429, 'direction': 'rising', 'session_count': 2, 'period_days': 7}, 'learnings': {'total': 2, 'active': 1, 'by_category': {'code_pattern': 1, 'preference': 1}, 'by_status': {'active': 1, 'under_review': 1}, 'recent': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}]}, 'attribution': {'top_contributors': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'estimated_value': 0.307692, 'confidence': 0.792308}], 'under_review_count': 1, 'negative_count': 0}, 'health': {'overall_status': 'degraded', 'assessment_coverage': 0.8, 'ablation_coverage': 0.5, 'last_activity': '2026-03-01T08:30:00Z'}}  # type: ignore

# NaN as text: wrong at '/trends/sparkline/0/mean_score'
example_353: TopicData = {'data_type': 'overview', 'trends': {'sparkline': [{'date': '2026-02-23', 'mean_score': 'NaN', 'session_count': 0}, {'date': '2026-02-24', 'mean_score': 0.75, 'session_count': 2}], 'improvement': 0.071429, 'direction': 'rising', 'session_count': 2, 'period_days': 7}, 'learnings': {'total': 2, 'active': 1, 'by_category': {'code_pattern': 1, 'preference': 1}, 'by_status': {'active': 1, 'under_review': 1}, 'recent': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}]}, 'attribution': {'top_contributors': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'estimated_value': 0.307692, 'confidence': 0.792308}], 'under_review_count': 1, 'negative_count': 0}, 'health': {'overall_status': 'degraded', 'assessment_coverage': 0.8, 'ablation_coverage': 0.5, 'last_activity': '2026-03-01T08:30:00Z'}}  # type: ignore

# an improvement in percent, as text: wrong at '/trends/improvement'
example_354: TopicData = {'data_type': 'overview', 'trends': {'sparkline': [{'date': '2026-02-23', 'mean_score': None, 'session_count': 0}, {'date': '2026-02-24', 'mean_score': 0.75, 'session_count': 2}], 'improvement': '+7 %', 'direction': 'rising', 'session_count': 2, 'period_days': 7}, 'learnings': {'total': 2, 'active': 1, 'by_category': {'code_pattern': 1, 'preference': 1}, 'by_status': {'active': 1, 'under_review': 1}, 'recent': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}]}, 'attribution': {'top_contributors': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'estimated_value': 0.307692, 'confidence': 0.792308}], 'under_review_count': 1, 'negative_count': 0}, 'health': {'overall_status': 'degraded', 'assessment_coverage': 0.8, 'ablation_coverage': 0.5, 'last_activity': '2026-03-01T08:30:00Z'}}  # type: ignore

# a direction in another word: wrong at '/trends/direction'
example_355: TopicData = {'data_type': 'overview', 'trends': {'sparkline': [{'date': '2026-02-23', 'mean_score': None, 'session_count': 0}, {'date': '2026-02-24', 'mean_score': 0.75, 'session_count': 2}], 'improvement': 0.071429, 'direction': 'up', 'session_count': 2, 'period_days': 7}, 'learnings': {'total': 2, 'active': 1, 'by_category': {'code_pattern': 1, 'preference': 1}, 'by_status': {'active': 1, 'under_review': 1}, 'recent': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}]}, 'attribution': {'top_contributors': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'estimated_value': 0.307692, 'confidence': 0.792308}], 'under_review_count': 1, 'negative_count': 0}, 'health': {'overall_status': 'degraded', 'assessment_coverage': 0.8, 'ablation_coverage': 0.5, 'last_activity': '2026-03-01T08:30:00Z'}}  # type: ignore

# a status in another case as a key: wrong at '/learnings/by_status/Active'
example_356: TopicData = {'data_type': 'overview', 'trends': {'sparkline': [{'date': '2026-02-23', 'mean_score': None, 'session_count': 0}, {'date': '2026-02-24', 'mean_score': 0.75, 'session_count': 2}], 'improvement': 0.071429, 'direction': 'rising', 'session_count': 2, 'period_days': 7}, 'learnings': {'total': 2, 'active': 1, 'by_category': {'code_pattern': 1, 'preference': 1}, 'by_status': {'active': 1, 'under_review': 1, 'Active': 1}, 'recent': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}]}, 'attribution': {'top_contributors': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'estimated_value': 0.307692, 'confidence': 0.792308}], 'under_review_count': 1, 'negative_count': 0}, 'health': {'overall_status': 'degraded', 'assessment_coverage': 0.8, 'ablation_coverage': 0.5, 'last_activity': '2026-03-01T08:30:00Z'}}  # type: ignore

# a category in camelCase as a key: wrong at '/learnings/by_category/codePattern'
example_357: TopicData = {'data_type': 'overview', 'trends': {'sparkline': [{'date': '2026-02-23', 'mean_score': None, 'session_count': 0}, {'date': '2026-02-24', 'mean_score': 0.75, 'session_count': 2}], 'improvement': 0.071429, 'direction': 'rising', 'session_count': 2, 'period_days': 7}, 'learnings': {'total': 2, 'active': 1, 'by_category': {'code_pattern': 1, 'preference': 1, 'codePattern': 1}, 'by_status': {'active': 1, 'under_review': 1}, 'recent': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}]}, 'attribution': {'top_contributors': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'estimated_value': 0.307692, 'confidence': 0.792308}], 'under_review_count': 1, 'negative_count': 0}, 'health': {'overall_status': 'degraded', 'assessment_coverage': 0.8, 'ablation_coverage': 0.5, 'last_activity': '2026-03-01T08:30:00Z'}}  # type: ignore

# counts as a list: wrong at '/learnings/by_category'
example_358: TopicData = {'data_type': 'overview', 'trends': {'sparkline': [{'date': '2026-02-23', 'mean_score': None, 'session_count': 0}, {'date': '2026-02-24', 'mean_score': 0.75, 'session_count': 2}], 'improvement': 0.071429, 'direction': 'rising', 'session_count': 2, 'period_days': 7}, 'learnings': {'total': 2, 'active': 1, 'by_category': [{'category': 'code_pattern', 'count': 1}], 'by_status': {'active': 1, 'under_review': 1}, 'recent': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}]}, 'attribution': {'top_contributors': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'estimated_value': 0.307692, 'confidence': 0.792308}], 'under_review_count': 1, 'negative_count': 0}, 'health': {'overall_status': 'degraded', 'assessment_coverage': 0.8, 'ablation_coverage': 0.5, 'last_activity': '2026-03-01T08:30:00Z'}}  # type: ignore

# a status of health in another word: wrong at '/health/overall_status'
example_359: TopicData = {'data_type': 'overview', 'trends': {'sparkline': [{'date': '2026-02-23', 'mean_score': None, 'session_count': 0}, {'date': '2026-02-24', 'mean_score': 0.75, 'session_count': 2}], 'improvement': 0.071429, 'direction': 'rising', 'session_count': 2, 'period_days': 7}, 'learnings': {'total': 2, 'active': 1, 'by_category': {'code_pattern': 1, 'preference': 1}, 'by_status': {'active': 1, 'under_review': 1}, 'recent': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}]}, 'attribution': {'top_contributors': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'estimated_value': 0.307692, 'confidence': 0.792308}], 'under_review_count': 1, 'negative_count': 0}, 'health': {'overall_status': 'healthy', 'assessment_coverage': 0.8, 'ablation_coverage': 0.5, 'last_activity': '2026-03-01T08:30:00Z'}}  # type: ignore

# the last activity as a number: wrong at '/health/last_activity'
example_360: TopicData = {'data_type': 'overview', 'trends': {'sparkline': [{'date': '2026-02-23', 'mean_score': None, 'session_count': 0}, {'date': '2026-02-24', 'mean_score': 0.75, 'session_count': 2}], 'improvement': 0.071429, 'direction': 'rising', 'session_count': 2, 'period_days': 7}, 'learnings': {'total': 2, 'active': 1, 'by_category': {'code_pattern': 1, 'preference': 1}, 'by_status': {'active': 1, 'under_review': 1}, 'recent': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}]}, 'attribution': {'top_contributors': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'estimated_value': 0.307692, 'confidence': 0.792308}], 'under_review_count': 1, 'negative_count': 0}, 'health': {'overall_status': 'degraded', 'assessment_coverage': 0.8, 'ablation_coverage': 0.5, 'last_activity': 1772353800}}  # type: ignore

# null instead of an empty list: wrong at '/learnings/recent'
example_361: TopicData = {'data_type': 'overview', 'trends': {'sparkline': [], 'improvement': None, 'direction': 'stable', 'session_count': 0, 'period_days': 7}, 'learnings': {'total': 0, 'active': 0, 'by_category': {}, 'by_status': {}, 'recent': None}, 'attribution': {'top_contributors': [], 'under_review_count': 0, 'negative_count': 0}, 'health': {'overall_status': 'unknown', 'assessment_coverage': None, 'ablation_coverage': None, 'last_activity': None}}  # type: ignore

# a status in another case: wrong at '/learnings/0/status'
example_362: TopicData = {'data_type': 'learnings', 'learnings': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'Active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}, {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'global'}, 'status': 'disabled', 'estimated_value': -0.12, 'confidence': 0, 'session_count': 0, 'created_at': '2026-03-01T08:30:00Z'}], 'total': 24}  # type: ignore

# a category by half its name: wrong at '/learnings/0/category'
example_363: TopicData = {'data_type': 'learnings', 'learnings': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}, {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'global'}, 'status': 'disabled', 'estimated_value': -0.12, 'confidence': 0, 'session_count': 0, 'created_at': '2026-03-01T08:30:00Z'}], 'total': 24}  # type: ignore

# a category with a hyphen: wrong at '/learnings/0/category'
example_364: TopicData = {'data_type': 'learnings', 'learnings': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code-pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}, {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'global'}, 'status': 'disabled', 'estimated_value': -0.12, 'confidence': 0, 'session_count': 0, 'created_at': '2026-03-01T08:30:00Z'}], 'total': 24}  # type: ignore

# a value in percent: wrong at '/learnings/0/estimated_value'
example_365: TopicData = {'data_type': 'learnings', 'learnings': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 30.7692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}, {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'global'}, 'status': 'disabled', 'estimated_value': -0.12, 'confidence': 0, 'session_count': 0, 'created_at': '2026-03-01T08:30:00Z'}], 'total': 24}

# a value under a second name, in camelCase: wrong at '/learnings/0/estimatedValue'
example_366: TopicData = {'data_type': 'learnings', 'learnings': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z', 'estimatedValue': 0.307692}, {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'global'}, 'status': 'disabled', 'estimated_value': -0.12, 'confidence': 0, 'session_count': 0, 'created_at': '2026-03-01T08:30:00Z'}], 'total': 24}  # type: ignore

# a time without its zone: wrong at '/learnings/0/created_at'
example_367: TopicData = {'data_type': 'learnings', 'learnings': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456'}, {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'global'}, 'status': 'disabled', 'estimated_value': -0.12, 'confidence': 0, 'session_count': 0, 'created_at': '2026-03-01T08:30:00Z'}], 'total': 24}

# a date in place of a time: wrong at '/learnings/0/created_at'
example_368: TopicData = {'data_type': 'learnings', 'learnings': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01'}, {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'global'}, 'status': 'disabled', 'estimated_value': -0.12, 'confidence': 0, 'session_count': 0, 'created_at': '2026-03-01T08:30:00Z'}], 'total': 24}

# an id in upper case: wrong at '/learnings/0/id'
example_369: TopicData = {'data_type': 'learnings', 'learnings': [{'id': '01936F2A-7C4E-7A10-9B1D-3F2E8C5D6A01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}, {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'global'}, 'status': 'disabled', 'estimated_value': -0.12, 'confidence': 0, 'session_count': 0, 'created_at': '2026-03-01T08:30:00Z'}], 'total': 24}

# a scope as text: wrong at '/learnings/0/scope'
example_370: TopicData = {'data_type': 'learnings', 'learnings': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': 'project:vibes', 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}, {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'global'}, 'status': 'disabled', 'estimated_value': -0.12, 'confidence': 0, 'session_count': 0, 'created_at': '2026-03-01T08:30:00Z'}], 'total': 24}  # type: ignore

# a total as text: wrong at '/total'
example_371: TopicData = {'data_type': 'learnings', 'learnings': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}, {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'global'}, 'status': 'disabled', 'estimated_value': -0.12, 'confidence': 0, 'session_count': 0, 'created_at': '2026-03-01T08:30:00Z'}], 'total': '24'}  # type: ignore

# half a learning: wrong at '/total'
example_372: TopicData = {'data_type': 'learnings', 'learnings': [{'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z'}, {'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'global'}, 'status': 'disabled', 'estimated_value': -0.12, 'confidence': 0, 'session_count': 0, 'created_at': '2026-03-01T08:30:00Z'}], 'total': 24.5}  # type: ignore

# a rate in percent: wrong at '/activation_rate'
example_373: TopicData = {'data_type': 'learning_detail', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z', 'status_reason': None, 'times_injected': 15, 'activation_rate': 75, 'temporal_value': 0.4, 'temporal_confidence': 0.713049, 'ablation': {'state': 'completed', 'value': 0.2, 'confidence': 0.9}, 'source_session': '2026-02-20-refactor', 'extraction_method': 'transcript', 'history': [{'date': '2026-02-28', 'mean_contribution': None, 'session_count': 0}, {'date': '2026-03-01', 'mean_contribution': -0.05, 'session_count': 1}]}

# a confidence in words: wrong at '/confidence'
example_374: TopicData = {'data_type': 'learning_detail', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 'high', 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z', 'status_reason': None, 'times_injected': 15, 'activation_rate': 0.8, 'temporal_value': 0.4, 'temporal_confidence': 0.713049, 'ablation': {'state': 'completed', 'value': 0.2, 'confidence': 0.9}, 'source_session': '2026-02-20-refactor', 'extraction_method': 'transcript', 'history': [{'date': '2026-02-28', 'mean_contribution': None, 'session_count': 0}, {'date': '2026-03-01', 'mean_contribution': -0.05, 'session_count': 1}]}  # type: ignore

# null where there is no experiment: wrong at '/ablation'
example_375: TopicData = {'data_type': 'learning_detail', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z', 'status_reason': None, 'times_injected': 15, 'activation_rate': 0.8, 'temporal_value': 0.4, 'temporal_confidence': 0.713049, 'ablation': None, 'source_session': None, 'extraction_method': 'transcript', 'history': [{'date': '2026-02-28', 'mean_contribution': None, 'session_count': 0}, {'date': '2026-03-01', 'mean_contribution': -0.05, 'session_count': 1}]}  # type: ignore

# the state of an experiment in another case: wrong at '/ablation/state'
example_376: TopicData = {'data_type': 'learning_detail', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z', 'status_reason': None, 'times_injected': 15, 'activation_rate': 0.8, 'temporal_value': 0.4, 'temporal_confidence': 0.713049, 'ablation': {'state': 'Completed', 'value': 0.2, 'confidence': 0.9}, 'source_session': '2026-02-20-refactor', 'extraction_method': 'transcript', 'history': [{'date': '2026-02-28', 'mean_contribution': None, 'session_count': 0}, {'date': '2026-03-01', 'mean_contribution': -0.05, 'session_count': 1}]}  # type: ignore

# a reason left out: wrong at '/status_reason'
example_377: TopicData = {'data_type': 'learning_detail', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z', 'times_injected': 15, 'activation_rate': 0.8, 'temporal_value': 0.4, 'temporal_confidence': 0.713049, 'ablation': {'state': 'completed', 'value': 0.2, 'confidence': 0.9}, 'source_session': '2026-02-20-refactor', 'extraction_method': 'transcript', 'history': [{'date': '2026-02-28', 'mean_contribution': None, 'session_count': 0}, {'date': '2026-03-01', 'mean_contribution': -0.05, 'session_count': 1}]}  # type: ignore

# an empty text in place of null: wrong at '/source_session'
example_378: TopicData = {'data_type': 'learning_detail', 'id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'scope': {'level': 'project', 'name': 'vibes'}, 'status': 'active', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'created_at': '2026-03-01T08:30:00.123456Z', 'status_reason': None, 'times_injected': 15, 'activation_rate': 0.8, 'temporal_value': 0.4, 'temporal_confidence': 0.713049, 'ablation': {'state': 'pending', 'value': None, 'confidence': None}, 'source_session': '', 'extraction_method': 'transcript', 'history': [{'date': '2026-02-28', 'mean_contribution': None, 'session_count': 0}, {'date': '2026-03-01', 'mean_contribution': -0.05, 'session_count': 1}]}

# a coverage in percent: wrong at '/ablation_coverage/coverage'
example_379: TopicData = {'data_type': 'attribution', 'period_days': 7, 'top_contributors': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'status': 'active'}], 'negative_impact': [], 'ablation_coverage': {'coverage': 50, 'completed': 1, 'in_progress': 0, 'pending': 1}}

# a period as an object: wrong at '/period_days'
example_380: TopicData = {'data_type': 'attribution', 'period_days': {'days': 30}, 'top_contributors': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'status': 'active'}], 'negative_impact': [], 'ablation_coverage': {'coverage': 0.5, 'completed': 1, 'in_progress': 0, 'pending': 1}}  # type: ignore

# a period over a year: wrong at '/period_days'
example_381: TopicData = {'data_type': 'attribution', 'period_days': 366, 'top_contributors': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'status': 'active'}], 'negative_impact': [], 'ablation_coverage': {'coverage': 0.5, 'completed': 1, 'in_progress': 0, 'pending': 1}}

# a leaderboard left out: wrong at '/negative_impact'
example_382: TopicData = {'data_type': 'attribution', 'period_days': 7, 'top_contributors': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'estimated_value': 0.307692, 'confidence': 0.792308, 'session_count': 12, 'status': 'active'}], 'ablation_coverage': {'coverage': 0.5, 'completed': 1, 'in_progress': 0, 'pending': 1}}  # type: ignore

# a leaderboard by id: wrong at '/top_contributors'
example_383: TopicData = {'data_type': 'attribution', 'period_days': 7, 'top_contributors': {'01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01': 0.3}, 'negative_impact': [], 'ablation_coverage': {'coverage': 0.5, 'completed': 1, 'in_progress': 0, 'pending': 1}}  # type: ignore

# contributions under another name: wrong at '/sessions/0/activated_learnings'
example_384: TopicData = {'data_type': 'session_timeline', 'period_days': 30, 'sessions': [{'session_id': '2026-03-01-parser', 'title': 'Rewrite the parser', 'assessed_at': '2026-03-01T08:30:00Z', 'score': 0.75, 'outcome': 'partial', 'learnings_activated': 2, 'contributions': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'contribution': 0.4}, {'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02', 'content': '(deleted learning)', 'contribution': -0.1}], 'warning': '1 activated learning has a negative lifetime value', 'activated_learnings': ['01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01']}, {'session_id': 's', 'title': None, 'assessed_at': '2026-03-01T08:30:00Z', 'score': 0, 'outcome': 'abandoned', 'learnings_activated': 0, 'contributions': [], 'warning': None}], 'total': 2}  # type: ignore

# no contributions: wrong at '/sessions/0/contributions'
example_385: TopicData = {'data_type': 'session_timeline', 'period_days': 30, 'sessions': [{'session_id': '2026-03-01-parser', 'title': 'Rewrite the parser', 'assessed_at': '2026-03-01T08:30:00Z', 'score': 0.75, 'outcome': 'partial', 'learnings_activated': 2, 'warning': '1 activated learning has a negative lifetime value'}, {'session_id': 's', 'title': None, 'assessed_at': '2026-03-01T08:30:00Z', 'score': 0, 'outcome': 'abandoned', 'learnings_activated': 0, 'contributions': [], 'warning': None}], 'total': 2}  # type: ignore

# the activated learnings themselves in place of their number: wrong at '/sessions/0/learnings_activated'
example_386: TopicData = {'data_type': 'session_timeline', 'period_days': 30, 'sessions': [{'session_id': '2026-03-01-parser', 'title': 'Rewrite the parser', 'assessed_at': '2026-03-01T08:30:00Z', 'score': 0.75, 'outcome': 'partial', 'learnings_activated': ['01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01'], 'contributions': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'contribution': 0.4}, {'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02', 'content': '(deleted learning)', 'contribution': -0.1}], 'warning': '1 activated learning has a negative lifetime value'}, {'session_id': 's', 'title': None, 'assessed_at': '2026-03-01T08:30:00Z', 'score': 0, 'outcome': 'abandoned', 'learnings_activated': 0, 'contributions': [], 'warning': None}], 'total': 2}  # type: ignore

# an outcome in another case: wrong at '/sessions/0/outcome'
example_387: TopicData = {'data_type': 'session_timeline', 'period_days': 30, 'sessions': [{'session_id': '2026-03-01-parser', 'title': 'Rewrite the parser', 'assessed_at': '2026-03-01T08:30:00Z', 'score': 0.75, 'outcome': 'Partial', 'learnings_activated': 2, 'contributions': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'contribution': 0.4}, {'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02', 'content': '(deleted learning)', 'contribution': -0.1}], 'warning': '1 activated learning has a negative lifetime value'}, {'session_id': 's', 'title': None, 'assessed_at': '2026-03-01T08:30:00Z', 'score': 0, 'outcome': 'abandoned', 'learnings_activated': 0, 'contributions': [], 'warning': None}], 'total': 2}  # type: ignore

# a score in percent: wrong at '/sessions/0/score'
example_388: TopicData = {'data_type': 'session_timeline', 'period_days': 30, 'sessions': [{'session_id': '2026-03-01-parser', 'title': 'Rewrite the parser', 'assessed_at': '2026-03-01T08:30:00Z', 'score': 75, 'outcome': 'partial', 'learnings_activated': 2, 'contributions': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'contribution': 0.4}, {'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02', 'content': '(deleted learning)', 'contribution': -0.1}], 'warning': '1 activated learning has a negative lifetime value'}, {'session_id': 's', 'title': None, 'assessed_at': '2026-03-01T08:30:00Z', 'score': 0, 'outcome': 'abandoned', 'learnings_activated': 0, 'contributions': [], 'warning': None}], 'total': 2}

# false in place of no warning: wrong at '/sessions/1/warning'
example_389: TopicData = {'data_type': 'session_timeline', 'period_days': 30, 'sessions': [{'session_id': '2026-03-01-parser', 'title': 'Rewrite the parser', 'assessed_at': '2026-03-01T08:30:00Z', 'score': 0.75, 'outcome': 'partial', 'learnings_activated': 2, 'contributions': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'contribution': 0.4}, {'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a02', 'content': '(deleted learning)', 'contribution': -0.1}], 'warning': '1 activated learning has a negative lifetime value'}, {'session_id': 's', 'title': None, 'assessed_at': '2026-03-01T08:30:00Z', 'score': 0, 'outcome': 'abandoned', 'learnings_activated': 0, 'contributions': [], 'warning': False}], 'total': 2}  # type: ignore

# weights by variant: wrong at '/distributions/0/weights'
example_390: TopicData = {'data_type': 'strategy_distributions', 'distributions': [{'category': 'correction', 'context_type': 'interactive', 'session_count': 3, 'weights': {'main_context': 0.3}}], 'specialized_count': 0, 'total_learnings': 24}  # type: ignore

# a variant in camelCase: wrong at '/distributions/0/weights/0/variant'
example_391: TopicData = {'data_type': 'strategy_distributions', 'distributions': [{'category': 'correction', 'context_type': 'interactive', 'session_count': 3, 'weights': [{'variant': 'mainContext', 'weight': 0.3}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}]}], 'specialized_count': 0, 'total_learnings': 24}  # type: ignore

# a weight in percent: wrong at '/distributions/0/weights/0/weight'
example_392: TopicData = {'data_type': 'strategy_distributions', 'distributions': [{'category': 'correction', 'context_type': 'interactive', 'session_count': 3, 'weights': [{'variant': 'main_context', 'weight': 30}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}]}], 'specialized_count': 0, 'total_learnings': 24}

# a context in another case: wrong at '/distributions/0/context_type'
example_393: TopicData = {'data_type': 'strategy_distributions', 'distributions': [{'category': 'correction', 'context_type': 'CodeReview', 'session_count': 3, 'weights': [{'variant': 'main_context', 'weight': 0.3}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}]}], 'specialized_count': 0, 'total_learnings': 24}  # type: ignore

# fewer than no sessions to go: wrong at '/overrides/0/sessions_to_specialize'
example_394: TopicData = {'data_type': 'strategy_overrides', 'overrides': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': 'code_pattern', 'session_count': 8, 'is_specialized': False, 'weights': [{'variant': 'main_context', 'weight': 0.3}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}], 'base_weights': [{'variant': 'main_context', 'weight': 0.3}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}], 'sessions_to_specialize': -4}], 'total': 1}

# no category: wrong at '/overrides/0/category'
example_395: TopicData = {'data_type': 'strategy_overrides', 'overrides': [{'learning_id': '01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01', 'content': 'Use snake_case for every name on the wire.', 'category': None, 'session_count': 8, 'is_specialized': False, 'weights': [{'variant': 'main_context', 'weight': 0.3}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}], 'base_weights': [{'variant': 'main_context', 'weight': 0.3}, {'variant': 'subagent', 'weight': 0.2}, {'variant': 'background_subagent', 'weight': 0.1}, {'variant': 'deferred', 'weight': 0.4}], 'sessions_to_specialize': 12}], 'total': 1}  # type: ignore

# components by name: wrong at '/components'
example_396: TopicData = {'data_type': 'health', 'overall_status': 'unknown', 'components': {'assessment': 'ok'}, 'adaptive_params': [{'name': 'injection_threshold', 'current_value': 0.62, 'confidence': 0.7, 'trend': 'rising', 'history': [0.5, 0.55, 0.62]}], 'recent_activity': [{'occurred_at': '2026-03-01T08:30:00Z', 'component': 'attribution', 'status': 'ok', 'message': 'up to date'}]}  # type: ignore

# a component in another case: wrong at '/components/0/component'
example_397: TopicData = {'data_type': 'health', 'overall_status': 'unknown', 'components': [{'component': 'Assessment', 'status': 'ok', 'last_activity': '2026-03-01T08:30:00Z', 'message': '12 sessions assessed', 'coverage': 0.8, 'item_count': 112}, {'component': 'extraction', 'status': 'degraded', 'last_activity': '2026-03-01T08:30:00Z', 'message': '', 'coverage': None, 'item_count': 24}, {'component': 'attribution', 'status': 'ok', 'last_activity': '2026-03-01T08:30:00Z', 'message': 'up to date', 'coverage': 0.5, 'item_count': 340}, {'component': 'strategy', 'status': 'unknown', 'last_activity': None, 'message': None, 'coverage': None, 'item_count': 0}], 'adaptive_params': [{'name': 'injection_threshold', 'current_value': 0.62, 'confidence': 0.7, 'trend': 'rising', 'history': [0.5, 0.55, 0.62]}], 'recent_activity': [{'occurred_at': '2026-03-01T08:30:00Z', 'component': 'attribution', 'status': 'ok', 'message': 'up to date'}]}  # type: ignore

# a message left out: wrong at '/components/3/message'
example_398: TopicData = {'data_type': 'health', 'overall_status': 'unknown', 'components': [{'component': 'assessment', 'status': 'ok', 'last_activity': '2026-03-01T08:30:00Z', 'message': '12 sessions assessed', 'coverage': 0.8, 'item_count': 112}, {'component': 'extraction', 'status': 'degraded', 'last_activity': '2026-03-01T08:30:00Z', 'message': '', 'coverage': None, 'item_count': 24}, {'component': 'attribution', 'status': 'ok', 'last_activity': '2026-03-01T08:30:00Z', 'message': 'up to date', 'coverage': 0.5, 'item_count': 340}, {'component': 'strategy', 'status': 'unknown', 'last_activity': None, 'coverage': None, 'item_count': 0}], 'adaptive_params': [{'name': 'injection_threshold', 'current_value': 0.62, 'confidence': 0.7, 'trend': 'rising', 'history': [0.5, 0.55, 0.62]}], 'recent_activity': [{'occurred_at': '2026-03-01T08:30:00Z', 'component': 'attribution', 'status': 'ok', 'message': 'up to date'}]}  # type: ignore

# a fraction of an item: wrong at '/components/0/item_count'
example_399: TopicData = {'data_type': 'health', 'overall_status': 'unknown', 'components': [{'component': 'assessment', 'status': 'ok', 'last_activity': '2026-03-01T08:30:00Z', 'message': '12 sessions assessed', 'coverage': 0.8, 'item_count': 112.5}, {'component': 'extraction', 'status': 'degraded', 'last_activity': '2026-03-01T08:30:00Z', 'message': '', 'coverage': None, 'item_count': 24}, {'component': 'attribution', 'status': 'ok', 'last_activity': '2026-03-01T08:30:00Z', 'message': 'up to date', 'coverage': 0.5, 'item_count': 340}, {'component': 'strategy', 'status': 'unknown', 'last_activity': None, 'message': None, 'coverage': None, 'item_count': 0}], 'adaptive_params': [{'name': 'injection_threshold', 'current_value': 0.62, 'confidence': 0.7, 'trend': 'rising', 'history': [0.5, 0.55, 0.62]}], 'recent_activity': [{'occurred_at': '2026-03-01T08:30:00Z', 'component': 'attribution', 'status': 'ok', 'message': 'up to date'}]}  # type: ignore

# a trend as an arrow: wrong at '/adaptive_params/0/trend'
example_400: TopicData = {'data_type': 'health', 'overall_status': 'unknown', 'components': [{'component': 'assessment', 'status': 'ok', 'last_activity': '2026-03-01T08:30:00Z', 'message': '12 sessions assessed', 'coverage': 0.8, 'item_count': 112}, {'component': 'extraction', 'status': 'degraded', 'last_activity': '2026-03-01T08:30:00Z', 'message': '', 'coverage': None, 'item_count': 24}, {'component': 'attribution', 'status': 'ok', 'last_activity': '2026-03-01T08:30:00Z', 'message': 'up to date', 'coverage': 0.5, 'item_count': 340}, {'component': 'strategy', 'status': 'unknown', 'last_activity': None, 'message': None, 'coverage': None, 'item_count': 0}], 'adaptive_params': [{'name': 'injection_threshold', 'current_value': 0.62, 'confidence': 0.7, 'trend': '↑', 'history': [0.5, 0.55, 0.62]}], 'recent_activity': [{'occurred_at': '2026-03-01T08:30:00Z', 'component': 'attribution', 'status': 'ok', 'message': 'up to date'}]}  # type: ignore

# a history with a gap: wrong at '/adaptive_params/0/history/1'
example_401: TopicData = {'data_type': 'health', 'overall_status': 'unknown', 'components': [{'component': 'assessment', 'status': 'ok', 'last_activity': '2026-03-01T08:30:00Z', 'message': '12 sessions assessed', 'coverage': 0.8, 'item_count': 112}, {'component': 'extraction', 'status': 'degraded', 'last_activity': '2026-03-01T08:30:00Z', 'message': '', 'coverage': None, 'item_count': 24}, {'component': 'attribution', 'status': 'ok', 'last_activity': '2026-03-01T08:30:00Z', 'message': 'up to date', 'coverage': 0.5, 'item_count': 340}, {'component': 'strategy', 'status': 'unknown', 'last_activity': None, 'message': None, 'coverage': None, 'item_count': 0}], 'adaptive_params': [{'name': 'injection_threshold', 'current_value': 0.62, 'confidence': 0.7, 'trend': 'rising', 'history': [0.5, None, 0.62]}], 'recent_activity': [{'occurred_at': '2026-03-01T08:30:00Z', 'component': 'attribution', 'status': 'ok', 'message': 'up to date'}]}  # type: ignore
