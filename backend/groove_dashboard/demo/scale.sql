-- A history of any size, made by the database itself: each value follows from the seed and from what it is for.
-- `scale.py` runs the steps one after the other in one transaction; each begins with a line that names it.

-- step: functions
create function pg_temp.chance(seed bigint, purpose text, item bigint) returns double precision
language sql immutable parallel safe
return ((hashint8extended(item, hashtextextended(purpose, seed)) & 9007199254740991)::double precision + 0.5)
    / 9007199254740992.0;

-- Normally distributed about 0 with a deviation of 1 (Box and Muller).
create function pg_temp.noise(seed bigint, purpose text, item bigint) returns double precision
language sql immutable parallel safe
return sqrt(-2 * ln(pg_temp.chance(seed, purpose, item)))
    * cos(6.283185307179586 * pg_temp.chance(seed, purpose || '/angle', item));

-- Within its bounds, to three decimals.
create function pg_temp.bounded(value double precision, least_value double precision) returns double precision
language sql immutable parallel safe
return round(greatest(least_value, least(1, value))::numeric, 3)::double precision;

create function pg_temp.picked(words text[], chance double precision) returns text
language sql immutable parallel safe
return words[1 + floor(cardinality(words) * chance)::integer];

-- Ids of sessions are random, as assistants give them; those of learnings and events grow with time.
create function pg_temp.random_id(seed bigint, purpose text, item bigint) returns uuid
language sql immutable parallel safe
return overlay(overlay(md5(seed || '/' || purpose || '/' || item) placing '4' from 13) placing '8' from 17)::uuid;

create function pg_temp.timed_id(at timestamptz, seed bigint, purpose text, item bigint) returns uuid
language sql stable parallel safe
return overlay(
    overlay(
        lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0')
            || substr(md5(seed || '/' || purpose || '/' || item), 13)
        placing '7' from 13
    ) placing '8' from 17
)::uuid;

-- step: scale
-- What is asked for, where every later step finds it.
create temporary table scale on commit drop as
select
    $1::bigint as seed,
    $2::timestamptz as until,
    $3::bigint as days,
    $4::bigint as learnings,
    $5::bigint as sessions,
    $6::bigint as records,
    -- of the learnings, so many are older than the first session
    $7::double precision as known_before;

-- step: months
-- Records lie in the table of their month.
select make_attribution_month(month::date)
from scale
cross join lateral generate_series(
    date_trunc('month', until at time zone 'utc' - make_interval(days => days::integer)),
    until at time zone 'utc',
    interval '1 month'
) as month;

-- step: learnings as they really are
-- Seven of ten help, one of eight hurts. What is older is injected more often.
create temporary table true_learning on commit drop as
select
    number,
    created_at,
    pg_temp.timed_id(created_at, seed, 'learning', number) as id,
    pg_temp.picked(
        array['correction', 'correction', 'code_pattern', 'code_pattern', 'preference', 'preference', 'solution',
              'error_recovery', 'tool_usage', 'harness_knowledge'],
        pg_temp.chance(seed, 'category', number)
    ) as category,
    case
        when kind < 0.70 then 0.24 + 0.14 * pg_temp.noise(seed, 'effect', number)
        when kind < 0.88 then 0.02 + 0.07 * pg_temp.noise(seed, 'effect', number)
        else -0.26 + 0.12 * pg_temp.noise(seed, 'effect', number)
    end as effect,
    0.12 + 0.78 * pg_temp.chance(seed, 'appeal', number) as activated_share,
    -- every fifth is held back in a tenth of its sessions
    case when number % 5 = 0 then 0.1 else 0 end as withheld_share
from (
    select
        seed,
        number,
        pg_temp.chance(seed, 'kind', number) as kind,
        until - make_interval(secs => 86400 * case
            when number <= known_before * learnings then days + 30 * (1 - number / (known_before * learnings))
            else days * (1 - (number - known_before * learnings) / ((1 - known_before) * learnings))
        end) as created_at
    from scale
    cross join generate_series(1, learnings) as number
) as numbered;

-- step: learnings
with extracted as (
    insert into learning (
        id, event_id, created_at, scope_level, scope_name, category, content, content_folded, confidence,
        extraction_method, source_session
    )
    select
        id,
        pg_temp.timed_id(created_at, seed, 'extracted', number),
        created_at,
        level,
        case level
            when 'user' then pg_temp.picked(array['ada', 'grace', 'edsger', 'barbara'], name_chance)
            when 'project' then pg_temp.picked(array['storefront', 'ledger', 'search', 'mailer'], name_chance)
            when 'enterprise' then 'northwind'
        end,
        category,
        content,
        lower(content),
        pg_temp.bounded(0.6 + 0.15 * pg_temp.noise(seed, 'confidence', number), 0.05),
        pg_temp.picked(
            array['session_review', 'user_correction', 'failure_analysis'], pg_temp.chance(seed, 'method', number)
        ),
        case when number > known_before * learnings then
            pg_temp.random_id(seed, 'session', 1 + floor(
                sessions * (number - known_before * learnings) / ((1 - known_before) * learnings) * 0.9
            )::bigint)::text
        end
    from (
        select
            true_learning.*,
            scale.seed,
            scale.learnings,
            scale.sessions,
            scale.known_before,
            pg_temp.picked(
                array['global', 'global', 'project', 'project', 'project', 'user', 'enterprise'],
                pg_temp.chance(scale.seed, 'scope', number)
            ) as level,
            pg_temp.chance(scale.seed, 'name', number) as name_chance,
            pg_temp.picked(
                array['Use', 'Prefer', 'Avoid', 'Always run', 'Never skip', 'Check', 'Cache', 'Wrap', 'Document'],
                pg_temp.chance(scale.seed, 'verb', number)
            ) || ' ' || pg_temp.picked(
                array['snake_case', 'early returns', 'explicit errors', 'small commits', 'typed interfaces',
                      'feature flags', 'integration tests', 'dependency pins', 'structured logs', 'retries'],
                pg_temp.chance(scale.seed, 'what', number)
            ) || ' in ' || pg_temp.picked(
                array['handlers', 'migrations', 'the build', 'flaky tests', 'public interfaces', 'worker queues',
                      'the command line', 'settings', 'the checkout'],
                pg_temp.chance(scale.seed, 'where', number)
            ) || ' (case ' || number || '): ' || pg_temp.picked(
                array['it failed review before', 'the reviewer asked for it twice', 'seen after a correction',
                      'sessions that did so ended sooner and with fewer surprises for everybody'],
                pg_temp.chance(scale.seed, 'why', number)
            ) as content
        from true_learning
        cross join scale
    ) as described
    returning event_id, created_at
)
insert into event (event_id, type, occurred_at)
select event_id, 'learning_extracted', created_at
from extracted;

-- step: what became of them
-- Most of what hurts is found out; a few of the others are switched off or deleted.
with changed as (
    insert into learning_status (learning_id, event_id, occurred_at, status, reason)
    select
        id,
        pg_temp.timed_id(least(created_at + interval '9 days', until), seed, 'status', number),
        least(created_at + interval '9 days', until),
        case when fate < 0.35 then 'deprecated' else 'under_review' end,
        'Sessions that use it end worse than those that do not'
    from (
        select true_learning.*, scale.seed, scale.until, pg_temp.chance(scale.seed, 'fate', number) as fate
        from true_learning
        cross join scale
        where effect < -0.12
    ) as hurting
    where fate < 0.9
    returning event_id, occurred_at
)
insert into event (event_id, type, occurred_at)
select event_id, 'learning_status_changed', occurred_at
from changed;

insert into learning_decision (learning_id, decided_at, decision)
select id, least(created_at + interval '12 days', until), 'disabled'
from true_learning
cross join scale
where number % 41 = 40;

insert into learning_tombstone (learning_id, deleted_at)
select id, least(created_at + interval '20 days', until)
from true_learning
cross join scale
where number % 97 = 96;

-- step: experiments
with updated as (
    insert into ablation (experiment_id, learning_id, event_id, occurred_at, state, value, confidence)
    select
        'without-' || number,
        id,
        pg_temp.timed_id(at, seed, 'ablation', number),
        at,
        case when progress < 0.40 then 'completed' when progress < 0.55 then 'in_progress' else 'pending' end,
        case when progress < 0.40 then
            pg_temp.bounded(effect + 0.05 * pg_temp.noise(seed, 'measured', number), -1)
        end,
        case when progress < 0.40 then
            pg_temp.bounded(0.45 + 0.5 * pg_temp.chance(seed, 'certainty', number), 0)
        end
    from (
        select
            true_learning.*,
            scale.seed,
            pg_temp.chance(scale.seed, 'progress', number) as progress,
            created_at + (scale.until - created_at) * pg_temp.chance(scale.seed, 'experiment', number) as at
        from true_learning
        cross join scale
    ) as tried
    where progress < 0.80
    returning event_id, occurred_at
)
insert into event (event_id, type, occurred_at)
select event_id, 'ablation_updated', occurred_at
from updated;

-- step: sessions as they really are
-- More of them as time goes by, a third as many on weekends, most in office hours, none after the end; they slowly get
-- better, but for one bad month. Each has its own share of the records, the last of which ends at the last record.
create temporary table true_session on commit drop as
select
    number,
    id,
    started_at,
    ended_at,
    assessed,
    greatest(learnings * known_before, learnings * (known_before + (1 - known_before) * (number - 1) / sessions))::bigint
        as learnings_known,
    pg_temp.bounded(
        0.48 + 0.2 * number / sessions
            - case when number / sessions::double precision between 0.72 and 0.78 then 0.14 else 0 end
            + 0.13 * pg_temp.noise(seed, 'score', number),
        0
    ) as score,
    last_record,
    lag(last_record, 1, 0::bigint) over (order by number) + 1 as first_record
from (
    select
        numbered.*,
        pg_temp.random_id(seed, 'session', number)::text as id,
        pg_temp.chance(seed, 'assessed', number) < 0.88 as assessed,
        case number
            when sessions then records
            else round(records / sessions::numeric * (number + 0.8 * (pg_temp.chance(seed, 'share', number) - 0.5)::numeric))
        end::bigint as last_record,
        least(planned_at, until - interval '1 hour') as started_at,
        least(planned_at, until - interval '1 hour')
            + make_interval(secs => 240 + 2400 * pg_temp.chance(seed, 'length', number)) as ended_at
    from (
        select
            scale.*,
            number,
            date_trunc('day', until, 'UTC')
                - make_interval(days => case
                    when weekday > 5 and ago + 6 < days and pg_temp.chance(seed, 'weekend', number) < 0.66
                    then ago + weekday - 5 + floor(5 * pg_temp.chance(seed, 'moved', number))::integer
                    else ago
                end)
                + make_interval(secs => 3600 * greatest(0, least(
                    23.9, 13.5 + 3.2 * pg_temp.noise(seed, 'hour', number)
                ))) as planned_at
        from scale
        cross join generate_series(1, sessions) as number
        cross join lateral (
            select (days - 1 - floor(days * power((number - 0.5) / sessions, 0.8)))::integer as ago
        ) as day
        cross join lateral (
            select extract(isodow from until at time zone 'UTC' - make_interval(days => ago))::integer as weekday
        ) as calendar
    ) as numbered
) as drawn;

analyze true_learning, true_session;

-- step: sessions
with begun as (
    insert into session (
        id, started_at, started_event, scope_level, scope_name, scope_at, scope_event, title, title_at, title_event,
        assessed_at, assessed_event, outcome, score
    )
    select
        id, started_at, started_event, 'project', project, started_at, started_event, title, started_at, started_event,
        case when assessed then ended_at end,
        case when assessed then pg_temp.timed_id(ended_at, seed, 'assessed', number) end,
        case when assessed then
            case when score >= 0.7 then 'success' when score >= 0.45 then 'partial' when score >= 0.15 then 'failure'
            else 'abandoned' end
        end,
        case when assessed then score end
    from (
        select
            true_session.*,
            scale.seed,
            pg_temp.timed_id(started_at, scale.seed, 'started', number) as started_event,
            pg_temp.picked(
                array['storefront', 'ledger', 'search', 'mailer'], pg_temp.chance(scale.seed, 'project', number)
            ) as project,
            pg_temp.picked(
                array['Add a field to', 'Fix the rounding in', 'Speed up', 'Write tests for', 'Review the change to',
                      'Plan the move of'],
                pg_temp.chance(scale.seed, 'task', number)
            ) || ' ' || pg_temp.picked(
                array['the basket', 'the statement', 'the import', 'the search', 'the address form', 'the nightly job'],
                pg_temp.chance(scale.seed, 'object', number)
            ) as title
        from true_session
        cross join scale
    ) as described
    returning started_event, started_at, assessed_event, assessed_at
)
insert into event (event_id, type, occurred_at)
select started_event, 'session_started', started_at
from begun
union all
select assessed_event, 'session_assessed', assessed_at
from begun
where assessed_event is not null;

-- step: records
-- Of the sessions from $1 to $2. A session of n records takes n learnings of those that were known then, each another
-- one: the m-th has m - 1 before it, and the square prefers the old ones, so that a few are in most sessions.
with recorded as (
    insert into attribution (
        session_id, learning_id, event_id, occurred_at, activated, withheld, contribution, confidence
    )
    select
        session_id,
        learning_id,
        pg_temp.timed_id(at, seed, 'record', record),
        at,
        activated,
        withheld,
        case when activated then
            pg_temp.bounded(effect * (0.55 + 0.9 * score) + 0.16 * pg_temp.noise(seed, 'contribution', record), -1)
        else 0 end,
        case when activated then pg_temp.bounded(0.45 + 0.5 * pg_temp.chance(seed, 'confidence', record), 0)
        else 0.2 end
    from (
        select
            drawn.*,
            true_learning.id as learning_id,
            true_learning.effect,
            held.withheld,
            not held.withheld and pg_temp.chance(drawn.seed, 'activated', record) < activated_share as activated
        from (
            select
                scale.seed,
                true_session.id as session_id,
                least(true_session.ended_at + interval '2 minutes', scale.until) as at,
                true_session.score,
                record,
                (record - first_record + 1) + floor(
                    (learnings_known - (last_record - first_record))
                    * power(
                        (record - first_record + pg_temp.chance(scale.seed, 'learning', record))
                        / (last_record - first_record + 1),
                        2
                    )
                )::bigint as learning_number
            from true_session
            cross join scale
            cross join lateral generate_series(first_record, last_record) as record
            where true_session.number between $1 and $2
            offset 0 -- a join on a number that is drawn once, not once for every use
        ) as drawn
        join true_learning on true_learning.number = drawn.learning_number
        cross join lateral (
            select pg_temp.chance(drawn.seed, 'withheld', record) < withheld_share as withheld
        ) as held
    ) as seen
    returning session_id, learning_id, event_id, occurred_at, activated, contribution
),
tried as (
    insert into strategy_outcome (
        event_id, learning_id, session_id, occurred_at, context_type, variant, value, confidence
    )
    select
        pg_temp.timed_id(occurred_at, seed, 'outcome', item),
        learning_id,
        session_id,
        occurred_at,
        context_type,
        variant,
        pg_temp.bounded(contribution + case when variant = best then 0.25 else -0.3 end, -1),
        pg_temp.bounded(0.5 + 0.45 * pg_temp.chance(seed, 'weight', item), 0)
    from (
        select
            described.*,
            case when pg_temp.chance(seed, 'best', item) < 0.6 then best
            else pg_temp.picked(
                array['main_context', 'subagent', 'background_subagent', 'deferred'],
                pg_temp.chance(seed, 'variant', item)
            ) end as variant
        from (
            select
                recorded.*,
                scale.seed,
                hashed.item,
                pg_temp.picked(
                    array['interactive', 'interactive', 'interactive', 'code_review', 'planning', 'batch'],
                    pg_temp.chance(scale.seed, 'context', hashtextextended(session_id, 0))
                ) as context_type,
                pg_temp.picked(
                    array['main_context', 'subagent', 'background_subagent', 'deferred'],
                    pg_temp.chance(scale.seed, 'fit', hashtextextended(true_learning.category, 0))
                ) as best
            from recorded
            join true_learning on true_learning.id = recorded.learning_id
            cross join scale
            cross join lateral (select uuid_hash_extended(recorded.event_id, 0) as item) as hashed
            where activated and pg_temp.chance(scale.seed, 'tried', hashed.item) < 0.25
        ) as described
    ) as chosen
    returning event_id, occurred_at
)
insert into event (event_id, type, occurred_at)
select event_id, 'attribution_recorded', occurred_at
from recorded
union all
select event_id, 'strategy_outcome', occurred_at
from tried;

-- step: parameters and reports
-- A value for every fiftieth session, a report for each; the attribution has a bad time and recovers.
with tuned as (
    insert into adaptive_param (event_id, name, occurred_at, value, confidence)
    select
        pg_temp.timed_id(ended_at, seed, 'parameter', number),
        name,
        ended_at,
        round((middle * (1 + 0.18 * sin(number / 1000.0) + 0.015 * pg_temp.noise(seed, 'value', number)))::numeric, 4),
        pg_temp.bounded(0.6 + 0.35 * pg_temp.chance(seed, 'parameter', number), 0)
    from true_session
    cross join scale
    join (
        values
            (0, 'ablation_share', 0.08),
            (1, 'context_budget_tokens', 6400),
            (2, 'decay_half_life_days', 21),
            (3, 'exploration_rate', 0.12),
            (4, 'injection_threshold', 0.35)
    ) as parameter (place, name, middle) on parameter.place = number / 50 % 5
    where number % 50 = 0
    returning event_id, occurred_at
)
insert into event (event_id, type, occurred_at)
select event_id, 'adaptive_param_updated', occurred_at
from tuned;

with reported as (
    insert into component_report (event_id, component, occurred_at, status, message)
    select
        pg_temp.timed_id(ended_at, seed, 'report', number),
        component,
        ended_at,
        case when troubled then 'degraded' else 'ok' end,
        case when troubled then 'Waiting for baselines' else 'Session ' || number || ' is done' end
    from (
        select
            true_session.*,
            scale.seed,
            component,
            component = 'attribution' and number * 100 / scale.sessions between 72 and 77 as troubled
        from true_session
        cross join scale
        cross join lateral (
            select (array['assessment', 'extraction', 'attribution', 'strategy'])[1 + number % 4] as component
        ) as part
    ) as part
    returning event_id, occurred_at
)
insert into event (event_id, type, occurred_at)
select event_id, 'component_reported', occurred_at
from reported;

-- step: leave nothing behind
drop function pg_temp.noise, pg_temp.bounded, pg_temp.picked, pg_temp.random_id, pg_temp.timed_id;
drop function pg_temp.chance;
