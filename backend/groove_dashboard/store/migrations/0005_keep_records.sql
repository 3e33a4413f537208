-- Keeps what attribution records and ablations come to, in the transaction that writes them.

-- The functions below run with their owner's rights, so that a foreign writer needs none on the roll-ups. Names without
-- a schema must therefore never be looked up where that writer could have put something of the same name.
select set_config('search_path', format('%I, pg_temp', current_schema()), true);

-- Whoever adds to a learning's figures holds its row in learning_total, taken in the order of ids;
-- only then the shared rows are taken, one writer at a time.

create function take_shared_rows() returns void
language sql
as $$
    select pg_advisory_xact_lock(126943972912743)  -- "summary"; any number will do that nobody else uses
$$;

-- Each writer adds to a part that nobody else holds, the first free one of sixteen, else one of its own.
create function add_to_tally(of_name text, added bigint) returns void
language plpgsql
as $$
declare
    free_part integer := 16 + pg_backend_pid();
begin
    if added = 0 or added is null then
        return;
    end if;
    for number in 0..15 loop
        if pg_try_advisory_xact_lock(1952541804, number) then  -- "tall"; any number will do that nobody else uses
            free_part := number;
            exit;
        end if;
    end loop;
    insert into tally as kept (name, part, amount)
    values (of_name, free_part, added)
    on conflict (name, part) do update
    set amount = kept.amount + excluded.amount;
end
$$;

-- Make the rows of these learnings where they are missing, and hold them until the transaction ends.
create function hold_learnings(ids uuid[]) returns void
language plpgsql
as $$
begin
    if (select count(*) from learning_total where learning_id = any(ids)) < cardinality(ids) then
        insert into learning_total (learning_id)
        select distinct id
        from unnest(ids) as named (id)
        where not exists (select from learning_total where learning_total.learning_id = id)
        order by id
        on conflict (learning_id) do nothing;
    end if;
    perform
    from learning_total
    where learning_id = any(ids)
    order by learning_id
    for no key update;
end
$$;

-- Whether a transaction has said that it holds what it writes about: the learnings, and the spans of sessions with records.
create function is_held() returns boolean
language sql stable
return coalesce(current_setting('groove_dashboard.holds', true) = 'on', false);

create type record_delta as (
    learning_id uuid,
    day date,
    records bigint,
    activated bigint,
    contribution_sum numeric
);

-- Until the transaction ends no further week is kept, or it would lack what is not committed yet. The lock of the row in
-- add_to_weeks would do for that, but who waits for it is overtaken by every other writer.
create function hold_weeks() returns void
language sql
as $$
    select pg_advisory_xact_lock_shared(2003133803)  -- "week"; any number will do that nobody else uses
$$;

-- Add what came late to the weeks that have begun since.
create function add_to_weeks(deltas record_delta[]) returns void
language plpgsql
as $$
begin
    perform hold_weeks();
    insert into learning_week as kept (learning_id, week, activated, contribution_sum)
    select delta.learning_id, begun.week::date, sum(delta.activated), sum(delta.contribution_sum)
    from (
        -- A transaction with a snapshot from before another week was kept fails here, and has to try again.
        select first_week::timestamp, last_week::timestamp
        from kept_weeks
        for share
    ) as weeks
    cross join unnest(deltas) as delta
    cross join lateral generate_series(
        greatest(first_week, date_trunc('week', delta.day::timestamp) + interval '7 days'),
        last_week,
        interval '7 days'
    ) as begun (week)
    where delta.activated <> 0 or delta.contribution_sum <> 0
    group by delta.learning_id, begun.week
    order by delta.learning_id, begun.week
    on conflict (week, learning_id) do update
    set
        activated = kept.activated + excluded.activated,
        contribution_sum = kept.contribution_sum + excluded.contribution_sum;
end
$$;

create function add_records(deltas record_delta[]) returns void
language plpgsql
as $$
declare
    ids constant uuid[] := array(select distinct learning_id from unnest(deltas));
    of_known bigint;
begin
    if not is_held() then
        perform hold_learnings(ids);
    end if;
    insert into learning_day as kept (learning_id, day, records, activated, contribution_sum)
    select learning_id, day, records, activated, contribution_sum
    from unnest(deltas)
    order by learning_id, day
    on conflict (learning_id, day) do update
    set
        records = kept.records + excluded.records,
        activated = kept.activated + excluded.activated,
        contribution_sum = kept.contribution_sum + excluded.contribution_sum;
    -- The rows are held, so they stay where they lie: they are looked up once, all together, and found again by their
    -- place. Joined by their ids they would be looked up twice, one by one.
    with changed as (
        update learning_total as kept
        set
            records = kept.records + added.records,
            activated = kept.activated + added.activated,
            contribution_sum = kept.contribution_sum + added.contribution_sum,
            activated_7 = kept.activated_7 + added.activated_7,
            contribution_sum_7 = kept.contribution_sum_7 + added.contribution_sum_7,
            activated_30 = kept.activated_30 + added.activated_30,
            contribution_sum_30 = kept.contribution_sum_30 + added.contribution_sum_30,
            activated_90 = kept.activated_90 + added.activated_90,
            contribution_sum_90 = kept.contribution_sum_90 + added.contribution_sum_90
        from (
            select
                total.ctid,
                sum(delta.records) as records,
                sum(delta.activated) as activated,
                sum(delta.contribution_sum) as contribution_sum,
                coalesce(sum(delta.activated) filter (where day > as_of - 7 and day <= as_of), 0) as activated_7,
                coalesce(sum(delta.contribution_sum) filter (where day > as_of - 7 and day <= as_of), 0) as contribution_sum_7,
                coalesce(sum(delta.activated) filter (where day > as_of - 30 and day <= as_of), 0) as activated_30,
                coalesce(sum(delta.contribution_sum) filter (where day > as_of - 30 and day <= as_of), 0) as contribution_sum_30,
                coalesce(sum(delta.activated) filter (where day > as_of - 90 and day <= as_of), 0) as activated_90,
                coalesce(sum(delta.contribution_sum) filter (where day > as_of - 90 and day <= as_of), 0) as contribution_sum_90
            from unnest(deltas) as delta
            join (
                select learning_id, as_of, ctid
                from learning_total
                where learning_id = any(ids)
                offset 0
            ) as total on total.learning_id = delta.learning_id
            group by total.ctid
        ) as added
        where kept.ctid = added.ctid
        returning kept.known, added.records
    )
    select sum(records)
    into of_known
    from changed
    where known;
    perform add_to_weeks(deltas);
    perform add_to_tally('records', of_known);
end
$$;

create function roll_up_attribution() returns trigger
language plpgsql
security definer
set search_path from current
set extra_float_digits = 1
as $$
declare
    deltas record_delta[];
begin
    if tg_op = 'INSERT' then
        deltas := array(
            select row(
                learning_id,
                (occurred_at at time zone 'utc')::date,
                count(*),
                count(*) filter (where activated),
                coalesce(sum(as_sent(contribution)) filter (where activated), 0)
            )::record_delta
            from written
            where not withheld
            group by learning_id, (occurred_at at time zone 'utc')::date
        );
    elsif tg_op = 'DELETE' then
        deltas := array(
            select row(
                learning_id,
                (occurred_at at time zone 'utc')::date,
                -count(*),
                -count(*) filter (where activated),
                -coalesce(sum(as_sent(contribution)) filter (where activated), 0)
            )::record_delta
            from replaced
            where not withheld
            group by learning_id, (occurred_at at time zone 'utc')::date
        );
    else
        deltas := array(
            select row(
                learning_id,
                (occurred_at at time zone 'utc')::date,
                sum(sign),
                coalesce(sum(sign) filter (where activated), 0),
                coalesce(sum(sign * as_sent(contribution)) filter (where activated), 0)
            )::record_delta
            from (
                select 1 as sign, learning_id, occurred_at, activated, withheld, contribution
                from written
                union all
                select -1, learning_id, occurred_at, activated, withheld, contribution
                from replaced
            ) as signed
            where not withheld
            group by learning_id, (occurred_at at time zone 'utc')::date
        );
    end if;
    if cardinality(deltas) > 0 then
        perform add_records(deltas);
    end if;
    if tg_op <> 'DELETE' and not is_held() then
        insert into attribution_session as kept (session_id, first_at, last_at)
        select session_id, min(occurred_at), max(occurred_at)
        from written
        group by session_id
        order by session_id
        on conflict (session_id) do update
        set
            first_at = least(kept.first_at, excluded.first_at),
            last_at = greatest(kept.last_at, excluded.last_at)
        where excluded.first_at < kept.first_at or excluded.last_at > kept.last_at;
        -- Who holds the learnings has looked meanwhile.
        if exists (
            select
            from (select distinct session_id, learning_id from written) as named
            cross join lateral (
                select first_at, last_at
                from attribution_session
                where attribution_session.session_id = named.session_id
                offset 0
            ) as span
            where (
                select count(*)
                from attribution
                where
                    attribution.session_id = named.session_id
                    and attribution.learning_id = named.learning_id
                    and attribution.occurred_at between span.first_at and span.last_at
            ) > 1
        ) then
            raise unique_violation using message = 'there is one record for each session and learning; update it';
        end if;
    end if;
    return null;
end
$$;

-- The latest trusted experiment of a learning among those that were completed in a span of UTC days; null for no bound.
create function latest_trusted(
    of_learning uuid, first_day date, last_day date, out value double precision, out confidence double precision
)
language sql stable
as $$
    select ablation.value, ablation.confidence
    from ablation
    where
        ablation.learning_id = of_learning
        and is_trusted(ablation.state, ablation.confidence)
        and (first_day is null or ablation.occurred_at >= first_day::timestamp at time zone 'utc')
        and (last_day is null or ablation.occurred_at < (last_day + 1)::timestamp at time zone 'utc')
    order by ablation.occurred_at desc, ablation.event_id desc
    limit 1
$$;

create function furthest_ablation_state(of_learning uuid) returns text
language sql stable
as $$
    select state
    from ablation
    where learning_id = of_learning and state in ('completed', 'in_progress')
    order by state
    limit 1
$$;

-- Read the experiments of these learnings anew.
create function roll_up_ablations_of(ids uuid[]) returns void
language plpgsql
as $$
begin
    perform hold_learnings(ids);
    perform
        add_to_tally('ablations_completed', sum((after = 'completed')::int - (before = 'completed')::int)),
        add_to_tally('ablations_in_progress', sum((after = 'in_progress')::int - (before = 'in_progress')::int))
    from (
        select
            coalesce(ablation_state, '') as before,
            coalesce(furthest_ablation_state(learning_id), '') as after
        from learning_total
        where learning_id = any(ids) and known
    ) as state;
    update learning_total as kept
    set
        ablation_state = furthest_ablation_state(kept.learning_id),
        (ablation_value, ablation_confidence) = (
            select value, confidence
            from latest_trusted(kept.learning_id, null, null)
        ),
        (ablation_value_7, ablation_confidence_7) = (
            select value, confidence
            from latest_trusted(kept.learning_id, kept.as_of - 6, kept.as_of)
        ),
        (ablation_value_30, ablation_confidence_30) = (
            select value, confidence
            from latest_trusted(kept.learning_id, kept.as_of - 29, kept.as_of)
        ),
        (ablation_value_90, ablation_confidence_90) = (
            select value, confidence
            from latest_trusted(kept.learning_id, kept.as_of - 89, kept.as_of)
        )
    where kept.learning_id = any(ids);
end
$$;

create function roll_up_ablation() returns trigger
language plpgsql
security definer
set search_path from current
as $$
declare
    ids uuid[];
begin
    if tg_op = 'INSERT' then
        ids := array(select distinct learning_id from written);
    elsif tg_op = 'DELETE' then
        ids := array(select distinct learning_id from replaced);
    else
        ids := array(select learning_id from written union select learning_id from replaced);
    end if;
    if cardinality(ids) > 0 then
        perform roll_up_ablations_of(ids);
    end if;
    return null;
end
$$;
