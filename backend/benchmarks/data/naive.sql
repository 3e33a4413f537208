-- The questions of the topics, asked of the facts alone: no roll-up is read. It is what the product did before it had
-- any, and the baseline of what they are good for; it must go on asking only what stands in the tables of facts.

-- query: counts
select category, status, count(*) as learnings
from known_learning
group by category, status

-- query: count
select count(*)
from known_learning

-- query: find
select id, created_at
from known_learning
where
    ($1::text is null or category = $1)
    and ($2::text is null or status = $2)
    and ($3::text is null or scope_level = $3)
    and ($4::text is null or scope_name = $4)
    and ($5::text is null or position($5 in content_folded) > 0)
order by created_at desc, id

-- query: newest
select id, created_at, scope_level, scope_name, category, content, status
from known_learning
order by created_at desc, id
limit $1

-- query: by_ids
select id, created_at, scope_level, scope_name, category, content, status
from known_learning
where id = any($1::uuid[])

-- query: detail
select
    id, created_at, scope_level, scope_name, category, content, status,
    status_reason, source_session, extraction_method
from known_learning
where id = $1::uuid

-- query: evidence
with tally as (
    select
        learning_id,
        count(*) as times_injected,
        count(*) filter (where activated) as session_count,
        sum(as_sent(contribution)) filter (where activated) as contribution_sum
    from attribution
    where
        not withheld
        and ($1::uuid[] is null or learning_id = any($1))
        and ($2::timestamptz is null or occurred_at >= $2)
        and ($3::timestamptz is null or occurred_at < $3)
    group by learning_id
),
trusted as (
    select distinct on (learning_id) learning_id, value, confidence
    from ablation
    where
        state = 'completed'
        and confidence > $4
        and ($1::uuid[] is null or learning_id = any($1))
        and ($2::timestamptz is null or occurred_at >= $2)
        and ($3::timestamptz is null or occurred_at < $3)
    order by learning_id, occurred_at desc, event_id desc
)
select
    learning_id,
    coalesce(tally.times_injected, 0) as times_injected,
    coalesce(tally.session_count, 0) as session_count,
    coalesce(tally.contribution_sum, 0)::float8 as contribution_sum,
    trusted.value as ablation_value,
    trusted.confidence as ablation_confidence
from tally
full join trusted using (learning_id)
where exists (
    select from known_learning
    where known_learning.id = learning_id
)

-- query: days_of
select
    (occurred_at at time zone 'utc')::date as day,
    sum(as_sent(contribution))::float8 as contribution_sum,
    count(*) as session_count
from attribution
where
    learning_id = $1::uuid
    and activated
    and not withheld
    and occurred_at >= $2
    and occurred_at < $3
group by day

-- query: latest_ablation
select state, value, confidence
from ablation
where
    learning_id = $1::uuid
    and state <> 'pending'
order by state = 'completed' desc, occurred_at desc, event_id desc
limit 1

-- query: ablation_states
with state as (
    select
        learning_id,
        bool_or(state = 'completed') as completed,
        bool_or(state = 'in_progress') as in_progress
    from ablation
    group by learning_id
)
select
    count(*) as learnings,
    count(*) filter (where state.completed) as completed,
    count(*) filter (where state.in_progress and not state.completed) as in_progress
from known_learning
left join state on state.learning_id = known_learning.id

-- query: contributions
select
    attribution.session_id,
    attribution.learning_id,
    attribution.contribution,
    known_learning.content
from attribution
left join known_learning on known_learning.id = attribution.learning_id
where
    attribution.session_id = any($1::text[])
    and attribution.activated
    and not attribution.withheld
    and (
        known_learning.id is not null
        or exists (
            select from learning_tombstone
            where learning_tombstone.learning_id = attribution.learning_id
        )
    )

-- query: record_count
select count(*)
from attribution
join known_learning on known_learning.id = attribution.learning_id
where not attribution.withheld

-- query: score_days
select
    (assessed_at at time zone 'utc')::date as day,
    sum(as_sent(score)) as score_sum,
    count(*) as session_count
from session
where
    assessed_at >= $1
    and assessed_at < $2
group by day

-- query: seen
select
    count(*) as seen,
    count(assessed_at) as assessed
from session
where
    (started_at >= $1 and started_at < $2)
    or (assessed_at >= $1 and assessed_at < $2)

-- query: assessed_count
select count(*)
from session
where assessed_at is not null

-- query: assessed_count_within
select count(*)
from session
where
    assessed_at >= $1
    and assessed_at < $2

-- query: assessed
select id, title, assessed_at, score, outcome
from session
where
    assessed_at >= $1
    and assessed_at < $2
order by assessed_at desc, id
limit $3

-- query: by_context
select
    known_learning.category,
    outcome.context_type,
    outcome.variant,
    sum(as_sent(outcome.confidence))::float8 as weight,
    sum(as_sent(outcome.confidence) * (as_sent(outcome.value) + 1))::float8 as success
from strategy_outcome as outcome
join known_learning on known_learning.id = outcome.learning_id
group by known_learning.category, outcome.context_type, outcome.variant

-- query: context_sessions
select
    known_learning.category,
    outcome.context_type,
    count(distinct outcome.session_id) as session_count
from strategy_outcome as outcome
join known_learning on known_learning.id = outcome.learning_id
group by known_learning.category, outcome.context_type

-- query: by_category
select
    known_learning.category,
    outcome.variant,
    sum(as_sent(outcome.confidence))::float8 as weight,
    sum(as_sent(outcome.confidence) * (as_sent(outcome.value) + 1))::float8 as success
from strategy_outcome as outcome
join known_learning on known_learning.id = outcome.learning_id
group by known_learning.category, outcome.variant

-- query: by_learning
select
    outcome.learning_id,
    outcome.variant,
    sum(as_sent(outcome.confidence))::float8 as weight,
    sum(as_sent(outcome.confidence) * (as_sent(outcome.value) + 1))::float8 as success
from strategy_outcome as outcome
where outcome.learning_id = any($1::uuid[])
group by outcome.learning_id, outcome.variant

-- query: learning_sessions
with tally as (
    select learning_id, count(distinct session_id) as session_count
    from strategy_outcome
    group by learning_id
)
select known_learning.id, known_learning.category, known_learning.content, tally.session_count
from tally
join known_learning on known_learning.id = tally.learning_id
order by tally.session_count desc, known_learning.id
limit $1

-- query: count_with_sessions
select count(*)
from (
    select learning_id
    from strategy_outcome
    group by learning_id
    having count(distinct session_id) >= $1
) as tally
join known_learning on known_learning.id = tally.learning_id

-- query: outcome_count
select count(*)
from strategy_outcome
join known_learning on known_learning.id = strategy_outcome.learning_id

-- query: last_reports
select latest.component, latest.occurred_at, latest.status, latest.message
from unnest($1::text[]) as name (component)
cross join lateral (
    select component, occurred_at, status, message
    from component_report
    where component_report.component = name.component
    order by occurred_at desc, event_id desc
    limit 1
) as latest

-- query: recent_reports
select component, occurred_at, status, message
from component_report
order by occurred_at desc, event_id
limit $1

-- query: latest_values
with recursive name as (
    select min(name) as name
    from adaptive_param
    union all
    select (
        select min(adaptive_param.name)
        from adaptive_param
        where adaptive_param.name > name.name
    )
    from name
    where name.name is not null
)
select name.name, latest.value, latest.confidence
from name
cross join lateral (
    select occurred_at, event_id, value, confidence
    from adaptive_param
    where adaptive_param.name = name.name
    order by occurred_at desc, event_id desc
    limit $1
) as latest
order by name.name, latest.occurred_at, latest.event_id
