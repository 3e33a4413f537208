-- Makes the roll-ups from the facts, as here for those that are there already.

-- What the roll-ups are to be, by the facts alone. Days whose records have been given up are taken as they were kept,
-- and what is over all time is the sum of the days.

create view true_learning_day as
select
    learning_id,
    (occurred_at at time zone 'utc')::date as day,
    count(*) as records,
    count(*) filter (where activated) as activated,
    coalesce(sum(as_sent(contribution)) filter (where activated), 0) as contribution_sum
from attribution
where
    not withheld
    and occurred_at >= coalesce(
        (select horizon::timestamp at time zone 'utc' from retention), '-infinity'::timestamptz
    )
group by learning_id, (occurred_at at time zone 'utc')::date
union all
select learning_id, day, records, activated, contribution_sum
from learning_day
where day < (select horizon from retention);

create view true_learning_week as
select running.learning_id, begun.week::date as week, running.activated::bigint as activated, running.contribution_sum
from (
    select
        learning_id,
        week,
        lead(week) over weeks as next_week,
        sum(activated) over weeks as activated,
        sum(contribution_sum) over weeks as contribution_sum
    from (
        select
            learning_id,
            date_trunc('week', day::timestamp) as week,
            sum(activated) as activated,
            sum(contribution_sum) as contribution_sum
        from learning_day
        group by learning_id, date_trunc('week', day::timestamp)
    ) as lived
    window weeks as (partition by learning_id order by week)
) as running
cross join kept_weeks
cross join lateral generate_series(
    greatest(running.week + interval '7 days', kept_weeks.first_week::timestamp),
    least(running.next_week, kept_weeks.last_week::timestamp),
    interval '7 days'
) as begun (week);

create view true_strategy_total as
select
    learning_id,
    context_type,
    variant,
    count(*) as outcomes,
    sum(as_sent(confidence)) as weight,
    sum(as_sent(confidence) * (as_sent(value) + 1)) as success
from strategy_outcome
group by learning_id, context_type, variant;

create view true_strategy_learning as
select learning_id, count(*) as outcomes, count(distinct session_id) as sessions
from strategy_outcome
group by learning_id;

create view true_learning_total as
select
    named.learning_id,
    present.id is not null as known,
    present.category,
    present.status,
    coalesce(lived.records, 0) as records,
    coalesce(lived.activated, 0) as activated,
    coalesce(lived.contribution_sum, 0) as contribution_sum,
    furthest_ablation_state(named.learning_id) as ablation_state,
    trusted.value as ablation_value,
    trusted.confidence as ablation_confidence
from (
    select learning_id from learning_day
    union
    select learning_id from ablation
    union
    select learning_id from strategy_outcome
    union
    select id from learning
) as named
left join known_learning as present on present.id = named.learning_id
left join (
    select
        learning_id,
        sum(records)::bigint as records,
        sum(activated)::bigint as activated,
        sum(contribution_sum) as contribution_sum
    from learning_day
    group by learning_id
) as lived on lived.learning_id = named.learning_id
cross join lateral latest_trusted(named.learning_id, null, null) as trusted;

create view true_attribution_session as
select session_id, min(occurred_at) as first_at, max(occurred_at) as last_at
from attribution
group by session_id;

create view true_learning_count as
select category, status, count(*) as learnings
from known_learning
group by category, status;

create view true_session_day as
select
    (started_at at time zone 'utc')::date as started_day,
    (assessed_at at time zone 'utc')::date as assessed_day,
    count(*) as sessions,
    coalesce(sum(as_sent(score)), 0) as score_sum
from session
where started_at is not null or assessed_at is not null
group by started_day, assessed_day;

create view true_strategy_group as
select
    known_learning.category,
    outcome.context_type,
    outcome.variant,
    count(*) as outcomes,
    sum(as_sent(outcome.confidence)) as weight,
    sum(as_sent(outcome.confidence) * (as_sent(outcome.value) + 1)) as success
from strategy_outcome as outcome
join known_learning on known_learning.id = outcome.learning_id
group by known_learning.category, outcome.context_type, outcome.variant;

create view true_strategy_session as
select known_learning.category, outcome.context_type, outcome.session_id, count(*) as outcomes
from strategy_outcome as outcome
join known_learning on known_learning.id = outcome.learning_id
group by known_learning.category, outcome.context_type, outcome.session_id;

create view true_strategy_context as
select category, context_type, count(*) as sessions
from true_strategy_session
group by category, context_type;

create view true_tally as
select 'records' as name, coalesce(sum(lived.records), 0)::bigint as amount
from learning_day as lived
where exists (select from known_learning where known_learning.id = lived.learning_id)
union all
select 'outcomes', count(*)
from strategy_outcome
where exists (select from known_learning where known_learning.id = strategy_outcome.learning_id)
union all
select 'sessions_assessed', count(assessed_at)
from session
union all
select 'ablations_completed', count(*)
from known_learning
where furthest_ablation_state(id) = 'completed'
union all
select 'ablations_in_progress', count(*)
from known_learning
where furthest_ablation_state(id) = 'in_progress';

-- Make all roll-ups from the facts; windows end with today. Nobody reads or writes meanwhile.
create function rebuild_roll_ups() returns void
language plpgsql
set extra_float_digits = 1
as $$
begin
    lock table learning, learning_status, learning_decision, learning_tombstone, attribution, ablation, strategy_outcome,
        session in share mode;
    perform pg_advisory_xact_lock(2003133803);  -- of hold_weeks
    create temporary table rebuilt_day on commit drop as
    select learning_id, day, records, activated, contribution_sum
    from true_learning_day;
    truncate learning_total, learning_day, learning_week, attribution_session, learning_count, session_day,
        strategy_total, strategy_learning, strategy_group, strategy_session, strategy_context, tally;
    insert into learning_day (learning_id, day, records, activated, contribution_sum)
    select learning_id, day, records, activated, contribution_sum
    from rebuilt_day
    order by day, learning_id;
    drop table rebuilt_day;
    analyze learning_day;
    perform start_weeks(date_trunc('week', utc_today()::timestamp)::date - 371);
    while keep_next_week() loop
    end loop;
    insert into learning_total (
        learning_id, known, category, status, records, activated,
        contribution_sum, ablation_state, ablation_value, ablation_confidence
    )
    select
        learning_id, known, category, status, records, activated,
        contribution_sum, ablation_state, ablation_value, ablation_confidence
    from true_learning_total;
    analyze learning_total;
    perform roll_up_windows_of(array(select learning_id from learning_total), utc_today());
    insert into attribution_session (session_id, first_at, last_at)
    select session_id, first_at, last_at
    from true_attribution_session;
    insert into learning_count (category, status, learnings)
    select category, status, learnings
    from true_learning_count;
    insert into session_day (started_day, assessed_day, sessions, score_sum)
    select started_day, assessed_day, sessions, score_sum
    from true_session_day;
    insert into strategy_total (learning_id, context_type, variant, outcomes, weight, success)
    select learning_id, context_type, variant, outcomes, weight, success
    from true_strategy_total;
    insert into strategy_learning (learning_id, known, outcomes, sessions)
    select learning_id, learning_total.known, outcomes, sessions
    from true_strategy_learning
    join learning_total using (learning_id);
    insert into strategy_group (category, context_type, variant, outcomes, weight, success)
    select category, context_type, variant, outcomes, weight, success
    from true_strategy_group;
    insert into strategy_session (category, context_type, session_id, outcomes)
    select category, context_type, session_id, outcomes
    from true_strategy_session;
    insert into strategy_context (category, context_type, sessions)
    select category, context_type, sessions
    from true_strategy_context;
    insert into tally (name, part, amount)
    select name, 0, amount
    from true_tally;
end
$$;

select rebuild_roll_ups();
