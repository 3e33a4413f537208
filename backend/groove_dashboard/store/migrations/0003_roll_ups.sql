-- What topics show, kept up to date with every fact, so that reading it costs no more as history grows.

-- The functions below run with their owner's rights, so that a foreign writer needs none on the roll-ups. Names without
-- a schema must therefore never be looked up where that writer could have put something of the same name.
select set_config('search_path', format('%I, pg_temp', current_schema()), true);

------------------------------------------------------------------------------------------------------------------------
-- Formulas: the one place at which a learning's records and experiments become figures, in double precision.
-- They are here and not in Python, since lists are sorted by them before they are cut.

-- The figure (-1 to 1) to six decimals, as Python's round(figure, 6): the nearest one to the double as it is, and of two
-- that are equally near the even one; never a negative zero.
create function rounded_figure(figure double precision) returns double precision
language plpgsql immutable strict parallel safe
as $$
declare
    scaled constant double precision := figure * 1e6;
    below constant double precision := floor(scaled);
    whole double precision;
    beyond_half numeric;
begin
    if abs(scaled - below - 0.5) > 1e-6 then
        return round(scaled) / 1e6 + 0.0;
    end if;
    -- Next to the middle, where the product's own rounding would decide. As whole numbers of 2^-80, all is exact.
    whole := trunc(figure * 1099511627776.0::double precision);
    beyond_half := 1000000 * (
        whole::bigint::numeric * 1099511627776
        + trunc((figure * 1099511627776.0::double precision - whole) * 1099511627776.0::double precision)::bigint
    ) - (below::bigint + 0.5) * 1208925819614629174706176;
    if beyond_half > 0 or (beyond_half = 0 and below::bigint % 2 <> 0) then
        return (below + 1) / 1e6 + 0.0;
    end if;
    return below / 1e6 + 0.0;
end
$$;

-- temporal value: the mean contribution over activated records, not rounded; 0 when there are none.
-- Sums are exact decimals of what was sent, so that they do not depend on the order of the records. What is below 1e-300
-- is taken for 0: PostgreSQL refuses to multiply it.
create function temporal_value(sessions bigint, contribution_sum numeric) returns double precision
language sql immutable parallel safe
return case
    when sessions = 0 or abs(contribution_sum) < 1e-300 then 0
    else contribution_sum::double precision / sessions
end;

-- temporal confidence: 0 for n = 0, else 1 - 1/(1 + ln n), n = activated records; not rounded.
create function temporal_confidence(sessions bigint) returns double precision
language sql immutable parallel safe
return case when sessions = 0 then 0 else 1 - 1 / (1 + ln(sessions::double precision)) end;

-- estimated value and confidence, rounded. Without a trusted ablation (value and confidence null) the temporal pair.
-- With one: wT = 0.6 cT, wA = 0.4 cA; value = (vT wT + vA wA)/(wT + wA); confidence = (cT wT + cA wA)/(wT + wA).
create function estimated_value(
    sessions bigint, contribution_sum numeric, ablation_value double precision, ablation_confidence double precision
) returns double precision
language plpgsql immutable parallel safe
as $$
declare
    temporal_weight double precision;
    ablation_weight double precision;
begin
    if ablation_confidence is null then
        return case when sessions = 0 then 0 else rounded_figure(temporal_value(sessions, contribution_sum)) end;
    end if;
    temporal_weight := 0.6::double precision * temporal_confidence(sessions);
    ablation_weight := 0.4::double precision * ablation_confidence;
    return rounded_figure(
        (
            temporal_value(sessions, contribution_sum) * temporal_weight
            + case when abs(ablation_value) < 1e-300 then 0 else ablation_value end * ablation_weight
        ) / (temporal_weight + ablation_weight)
    );
end
$$;

create function estimated_confidence(sessions bigint, ablation_confidence double precision) returns double precision
language plpgsql immutable parallel safe
as $$
declare
    temporal constant double precision := temporal_confidence(sessions);
    temporal_weight constant double precision := 0.6::double precision * temporal;
    ablation_weight constant double precision := 0.4::double precision * ablation_confidence;
begin
    if ablation_confidence is null then
        return rounded_figure(temporal);
    end if;
    return rounded_figure(
        (temporal * temporal_weight + ablation_confidence * ablation_weight) / (temporal_weight + ablation_weight)
    );
end
$$;

-- An experiment counts when it is completed with a confidence above this.
create function is_trusted(state text, confidence double precision) returns boolean
language sql immutable parallel safe
return state = 'completed' and confidence > 0.5;

------------------------------------------------------------------------------------------------------------------------
-- Roll-ups. A row that is missing counts as one of zeros. Counts and sums are exact, so that adding what a fact brings
-- and taking away what it replaces leaves nothing behind.

-- Every learning that a fact has named: what its facts come to over all time. Records are those not withheld.
create table learning_total (
    learning_id uuid primary key,
    -- as known_learning has it; the columns that follow are null for a learning that is unknown or deleted
    known boolean not null default false,
    created_at timestamptz,
    category text,
    status text,
    scope_level text,
    scope_name text,
    records bigint not null default 0,
    activated bigint not null default 0,
    contribution_sum numeric not null default 0,
    -- completed, else in_progress, else null
    ablation_state text,
    -- of the latest trusted experiment
    ablation_value double precision,
    ablation_confidence double precision,
    outcomes bigint not null default 0,
    -- distinct sessions of its outcomes
    outcome_sessions bigint not null default 0,
    value double precision not null generated always as (
        estimated_value(activated, contribution_sum, ablation_value, ablation_confidence)
    ) stored,
    confidence double precision not null generated always as (
        estimated_confidence(activated, ablation_confidence)
    ) stored
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
create index learning_total_recency on learning_total (created_at desc, learning_id) where known;
create index learning_total_value on learning_total (value desc, learning_id) where known;
create index learning_total_confidence on learning_total (confidence desc, learning_id) where known;
create index learning_total_usage on learning_total (activated desc, learning_id) where known;
create index learning_total_scope on learning_total (scope_level, scope_name) where known;
create index learning_total_outcomes on learning_total (outcome_sessions desc, learning_id) where known and outcomes > 0;

-- The records of a learning by their own UTC day.
create table learning_day (
    learning_id uuid not null,
    day date not null,
    records bigint not null,
    activated bigint not null,
    contribution_sum numeric not null,
    primary key (learning_id, day)
) with (fillfactor = 85);
create index learning_day_day on learning_day (day, learning_id);

-- The same over the days that end with as_of, for the periods that people look at. A row whose as_of is not the
-- reader's day is not used; the reader adds the learning's days up instead.
create table learning_window (
    learning_id uuid not null,
    days integer not null,
    known boolean not null default false,
    as_of date not null default (now() at time zone 'utc')::date,
    activated bigint not null default 0,
    contribution_sum numeric not null default 0,
    ablation_value double precision,
    ablation_confidence double precision,
    value double precision not null generated always as (
        estimated_value(activated, contribution_sum, ablation_value, ablation_confidence)
    ) stored,
    confidence double precision not null generated always as (
        estimated_confidence(activated, ablation_confidence)
    ) stored,
    primary key (learning_id, days)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
create index learning_window_rank on learning_window (days, as_of, value desc, learning_id) where known;

-- Between which moments a session's records lie, perhaps closer together: where to look for them.
create table attribution_session (
    session_id text collate "C" primary key,
    first_at timestamptz not null,
    last_at timestamptz not null
) with (fillfactor = 90);

-- Known learnings.
create table learning_count (
    category text not null,
    status text not null,
    learnings bigint not null,
    primary key (category, status)
) with (fillfactor = 50);

-- Sessions by the UTC days on which they were started and assessed, null where they were not.
create table session_day (
    started_day date,
    assessed_day date,
    sessions bigint not null,
    score_sum numeric not null,
    constraint session_day_key unique nulls not distinct (assessed_day, started_day)
) with (fillfactor = 70);
create index session_day_started on session_day (started_day);

-- Outcomes: weight is the sum of w, success that of w(v + 1).
create table strategy_total (
    learning_id uuid not null,
    context_type text not null,
    variant text not null,
    outcomes bigint not null,
    weight numeric not null,
    success numeric not null,
    primary key (learning_id, context_type, variant)
) with (fillfactor = 85);

-- The same for the known learnings of a category.
create table strategy_group (
    category text not null,
    context_type text not null,
    variant text not null,
    outcomes bigint not null,
    weight numeric not null,
    success numeric not null,
    primary key (category, context_type, variant)
) with (fillfactor = 50);

-- Which sessions those outcomes are of, and how many such sessions there are.
create table strategy_session (
    category text not null,
    context_type text not null,
    session_id text collate "C" not null,
    outcomes bigint not null,
    primary key (category, context_type, session_id)
);
create table strategy_context (
    category text not null,
    context_type text not null,
    sessions bigint not null,
    primary key (category, context_type)
) with (fillfactor = 50);

-- Counts over everything, each in parts that add up, so that writers do not wait for one another.
create table tally (
    name text not null check (
        name in ('records', 'outcomes', 'sessions_assessed', 'ablations_completed', 'ablations_in_progress')
    ),
    part integer not null,
    amount bigint not null,
    primary key (name, part)
) with (fillfactor = 50);

-- Indexes that topics needed before, and what triggers and periods need now.
drop index session_started_at;
drop index strategy_outcome_learning;
create index strategy_outcome_session on strategy_outcome (learning_id, session_id);
create index ablation_trusted on ablation (occurred_at) where is_trusted(state, confidence);

-- Search. The extension is part of PostgreSQL, but not of every installation, nor may every role create it; without it,
-- a search reads all contents.
do $$
declare
    operators text;
begin
    begin
        create extension if not exists pg_trgm;
    exception
        when others then
            raise notice 'searches read all contents, as pg_trgm cannot be had: %', sqlerrm;
    end;
    select quote_ident(nspname) || '.gin_trgm_ops'
    into operators
    from pg_opclass
    join pg_namespace on pg_namespace.oid = opcnamespace
    where opcname = 'gin_trgm_ops';
    if operators is not null then
        execute format('create index learning_content on learning using gin (content_folded %s)', operators);
    end if;
end
$$;

------------------------------------------------------------------------------------------------------------------------
-- Keeping them. Whoever adds to a learning's figures holds its row in learning_total, taken in the order of ids;
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
    insert into learning_total (learning_id)
    select distinct id
    from unnest(ids) as named (id)
    where not exists (select from learning_total where learning_total.learning_id = id)
    order by id
    on conflict (learning_id) do nothing;
    if found then
        insert into learning_window (learning_id, days)
        select distinct id, days
        from unnest(ids) as named (id)
        cross join unnest('{7,30,90}'::integer[]) as period (days)
        where not exists (
            select from learning_window
            where learning_window.learning_id = id
        )
        order by id, days
        on conflict (learning_id, days) do nothing;
    end if;
    perform
    from learning_total
    where learning_id = any(ids)
    order by learning_id
    for no key update;
end
$$;

create type record_delta as (
    learning_id uuid,
    day date,
    records bigint,
    activated bigint,
    contribution_sum numeric
);

create function add_records(deltas record_delta[]) returns void
language plpgsql
as $$
begin
    perform hold_learnings(array(select distinct learning_id from unnest(deltas)));
    insert into learning_day as kept (learning_id, day, records, activated, contribution_sum)
    select learning_id, day, records, activated, contribution_sum
    from unnest(deltas)
    order by learning_id, day
    on conflict (learning_id, day) do update
    set
        records = kept.records + excluded.records,
        activated = kept.activated + excluded.activated,
        contribution_sum = kept.contribution_sum + excluded.contribution_sum;
    update learning_total as kept
    set
        records = kept.records + added.records,
        activated = kept.activated + added.activated,
        contribution_sum = kept.contribution_sum + added.contribution_sum
    from (
        select
            learning_id,
            sum(records) as records,
            sum(activated) as activated,
            sum(contribution_sum) as contribution_sum
        from unnest(deltas)
        group by learning_id
    ) as added
    where kept.learning_id = added.learning_id;
    update learning_window as kept
    set
        activated = kept.activated + added.activated,
        contribution_sum = kept.contribution_sum + added.contribution_sum
    from (
        select
            period.learning_id,
            period.days,
            sum(delta.activated) as activated,
            sum(delta.contribution_sum) as contribution_sum
        from unnest(deltas) as delta
        join learning_window as period on period.learning_id = delta.learning_id
        where
            delta.day > period.as_of - period.days
            and delta.day <= period.as_of
            and (delta.activated <> 0 or delta.contribution_sum <> 0)
        group by period.learning_id, period.days
    ) as added
    where kept.learning_id = added.learning_id and kept.days = added.days;
    perform add_to_tally('records', (
        select coalesce(sum(delta.records), 0)::bigint
        from unnest(deltas) as delta
        join learning_total on learning_total.learning_id = delta.learning_id
        where learning_total.known
    ));
end
$$;

create function roll_up_attribution() returns trigger
language plpgsql
security definer
set search_path from current
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
                coalesce(sum(contribution::numeric) filter (where activated), 0)
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
                -coalesce(sum(contribution::numeric) filter (where activated), 0)
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
                coalesce(sum(sign * contribution::numeric) filter (where activated), 0)
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
    if tg_op <> 'DELETE' then
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
        -- Our own ingest has looked, while it held the learnings.
        if current_setting('groove_dashboard.tells_changes', true) is distinct from 'on' then
            if exists (
                select
                from (select distinct session_id, learning_id from written) as named
                join attribution_session as span on span.session_id = named.session_id
                join attribution as record
                    on record.session_id = named.session_id
                    and record.learning_id = named.learning_id
                    and record.occurred_at between span.first_at and span.last_at
                group by named.session_id, named.learning_id
                having count(*) > 1
            ) then
                raise unique_violation using message = 'there is one record for each session and learning; update it';
            end if;
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
        )
    where kept.learning_id = any(ids);
    update learning_window as kept
    set (ablation_value, ablation_confidence) = (
        select value, confidence
        from latest_trusted(kept.learning_id, kept.as_of - kept.days + 1, kept.as_of)
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

create type group_delta as (
    category text,
    context_type text,
    variant text,
    outcomes bigint,
    weight numeric,
    success numeric
);

create type group_session_delta as (
    category text,
    context_type text,
    session_id text,
    outcomes bigint
);

create function add_to_groups(deltas group_delta[], sessions group_session_delta[]) returns void
language plpgsql
as $$
begin
    perform take_shared_rows();
    insert into strategy_group as kept (category, context_type, variant, outcomes, weight, success)
    select category, context_type, variant, sum(outcomes), sum(weight), sum(success)
    from unnest(deltas)
    group by category, context_type, variant
    on conflict (category, context_type, variant) do update
    set
        outcomes = kept.outcomes + excluded.outcomes,
        weight = kept.weight + excluded.weight,
        success = kept.success + excluded.success;
    with added as (
        select category, context_type, session_id collate "C" as session_id, sum(outcomes) as outcomes
        from unnest(sessions)
        group by category, context_type, session_id collate "C"
        having sum(outcomes) <> 0
    ), changed as (
        insert into strategy_session as kept (category, context_type, session_id, outcomes)
        select category, context_type, session_id, outcomes
        from added
        on conflict (category, context_type, session_id) do update
        set outcomes = kept.outcomes + excluded.outcomes
        returning kept.category, kept.context_type, kept.session_id, kept.outcomes
    )
    insert into strategy_context as kept (category, context_type, sessions)
    select
        category,
        context_type,
        count(*) filter (where changed.outcomes = added.outcomes)
            - count(*) filter (where changed.outcomes = 0)
    from changed
    join added using (category, context_type, session_id)
    group by category, context_type
    on conflict (category, context_type) do update
    set sessions = kept.sessions + excluded.sessions;
end
$$;

create type outcome_delta as (
    learning_id uuid,
    context_type text,
    variant text,
    session_id text,
    outcomes bigint,
    weight numeric,
    success numeric
);

-- Sessions are counted on from what was counted before where outcomes were only inserted, and else anew.
create function add_outcomes(deltas outcome_delta[], only_inserted boolean) returns void
language plpgsql
as $$
declare
    ids constant uuid[] := array(select distinct learning_id from unnest(deltas));
begin
    perform hold_learnings(ids);
    insert into strategy_total as kept (learning_id, context_type, variant, outcomes, weight, success)
    select learning_id, context_type, variant, sum(outcomes), sum(weight), sum(success)
    from unnest(deltas)
    group by learning_id, context_type, variant
    order by learning_id, context_type, variant
    on conflict (learning_id, context_type, variant) do update
    set
        outcomes = kept.outcomes + excluded.outcomes,
        weight = kept.weight + excluded.weight,
        success = kept.success + excluded.success;
    update learning_total as kept
    set
        outcomes = kept.outcomes + added.outcomes,
        outcome_sessions = added.sessions + case when only_inserted then kept.outcome_sessions else 0 end
    from (
        select
            learning_id,
            sum(named.outcomes) as outcomes,
            case
                -- A session is new where all outcomes that the learning has from it are those that were added just now.
                when only_inserted then count(*) filter (
                    where named.outcomes = (
                        select count(*)
                        from strategy_outcome
                        where
                            strategy_outcome.learning_id = named.learning_id
                            and strategy_outcome.session_id = named.session_id
                    )
                )
                else (
                    select count(distinct session_id)
                    from strategy_outcome
                    where strategy_outcome.learning_id = named.learning_id
                )
            end as sessions
        from (
            select learning_id, session_id collate "C" as session_id, sum(outcomes) as outcomes
            from unnest(deltas)
            group by learning_id, session_id collate "C"
        ) as named
        group by learning_id
    ) as added
    where kept.learning_id = added.learning_id;
    perform add_to_tally('outcomes', (
        select coalesce(sum(delta.outcomes), 0)::bigint
        from unnest(deltas) as delta
        join learning_total on learning_total.learning_id = delta.learning_id
        where learning_total.known
    ));
    perform add_to_groups(
        array_agg(row(category, context_type, variant, delta.outcomes, weight, success)::group_delta),
        array_agg(row(category, context_type, session_id, delta.outcomes)::group_session_delta)
    )
    from unnest(deltas) as delta
    join learning_total on learning_total.learning_id = delta.learning_id
    where learning_total.known
    having count(*) > 0;
end
$$;

create function roll_up_outcomes() returns trigger
language plpgsql
security definer
set search_path from current
as $$
declare
    deltas outcome_delta[];
begin
    if tg_op = 'INSERT' then
        deltas := array(
            select row(
                learning_id,
                context_type,
                variant,
                session_id,
                count(*),
                sum(confidence::numeric),
                sum(confidence::numeric * (value::numeric + 1))
            )::outcome_delta
            from written
            group by learning_id, context_type, variant, session_id
        );
    elsif tg_op = 'DELETE' then
        deltas := array(
            select row(
                learning_id,
                context_type,
                variant,
                session_id,
                -count(*),
                -sum(confidence::numeric),
                -sum(confidence::numeric * (value::numeric + 1))
            )::outcome_delta
            from replaced
            group by learning_id, context_type, variant, session_id
        );
    else
        deltas := array(
            select row(
                learning_id,
                context_type,
                variant,
                session_id,
                sum(sign),
                sum(sign * confidence::numeric),
                sum(sign * confidence::numeric * (value::numeric + 1))
            )::outcome_delta
            from (
                select 1 as sign, learning_id, context_type, variant, session_id, confidence, value
                from written
                union all
                select -1, learning_id, context_type, variant, session_id, confidence, value
                from replaced
            ) as signed
            group by learning_id, context_type, variant, session_id
        );
    end if;
    if cardinality(deltas) > 0 then
        perform add_outcomes(deltas, tg_op = 'INSERT');
    end if;
    return null;
end
$$;

create function roll_up_sessions() returns trigger
language plpgsql
security definer
set search_path from current
as $$
declare
    assessed bigint := 0;
begin
    if tg_op = 'UPDATE' then
        if not exists (select from written) then
            return null;
        end if;
    end if;
    perform take_shared_rows();
    if tg_op <> 'DELETE' then
        insert into session_day as kept (started_day, assessed_day, sessions, score_sum)
        select
            (started_at at time zone 'utc')::date as started_day,
            (assessed_at at time zone 'utc')::date as assessed_day,
            count(*),
            coalesce(sum(score::numeric), 0)
        from written
        where started_at is not null or assessed_at is not null
        group by started_day, assessed_day
        on conflict (assessed_day, started_day) do update
        set
            sessions = kept.sessions + excluded.sessions,
            score_sum = kept.score_sum + excluded.score_sum;
        assessed := assessed + (select count(assessed_at) from written);
    end if;
    if tg_op <> 'INSERT' then
        insert into session_day as kept (started_day, assessed_day, sessions, score_sum)
        select
            (started_at at time zone 'utc')::date as started_day,
            (assessed_at at time zone 'utc')::date as assessed_day,
            -count(*),
            -coalesce(sum(score::numeric), 0)
        from replaced
        where started_at is not null or assessed_at is not null
        group by started_day, assessed_day
        on conflict (assessed_day, started_day) do update
        set
            sessions = kept.sessions + excluded.sessions,
            score_sum = kept.score_sum + excluded.score_sum;
        assessed := assessed - (select count(assessed_at) from replaced);
    end if;
    perform add_to_tally('sessions_assessed', assessed);
    return null;
end
$$;

create type learning_move as (
    learning_id uuid,
    known_before boolean,
    category_before text,
    status_before text,
    known boolean,
    category text,
    status text,
    records bigint,
    outcomes bigint,
    ablation_state text
);

-- In which groups' figures the outcomes of learnings are to be taken back (sign -1) or added (1).
create function outcome_moves(
    moves learning_move[], out learning_id uuid, out category text, out sign integer
) returns setof record
language sql immutable
as $$
    select move.learning_id, side.category, side.sign
    from unnest(moves) as move
    cross join lateral (
        values (move.category_before, move.known_before, -1), (move.category, move.known, 1)
    ) as side (category, known, sign)
    where
        move.outcomes > 0
        and side.known
        and (move.known_before, move.category_before) is distinct from (move.known, move.category)
$$;

create function move_outcomes(moves learning_move[]) returns void
language plpgsql
as $$
begin
    perform add_to_groups(
        array(
            select row(
                move.category, total.context_type, total.variant,
                move.sign * total.outcomes, move.sign * total.weight, move.sign * total.success
            )::group_delta
            from outcome_moves(moves) as move
            join strategy_total as total on total.learning_id = move.learning_id
        ),
        array(
            select row(move.category, outcome.context_type, outcome.session_id, sum(move.sign))::group_session_delta
            from outcome_moves(moves) as move
            join strategy_outcome as outcome on outcome.learning_id = move.learning_id
            group by move.category, outcome.context_type, outcome.session_id
        )
    )
    where exists (select from outcome_moves(moves));
end
$$;

-- Look at these learnings anew: what is known of them by now.
create function roll_up_learnings_of(ids uuid[]) returns void
language plpgsql
as $$
declare
    moves learning_move[];
begin
    perform hold_learnings(ids);
    moves := array(
        select row(
            total.learning_id, total.known, total.category, total.status,
            present.id is not null, present.category, present.status,
            total.records, total.outcomes, total.ablation_state
        )::learning_move
        from learning_total as total
        left join known_learning as present on present.id = total.learning_id
        where
            total.learning_id = any(ids)
            and (total.known, total.category, total.status)
                is distinct from (present.id is not null, present.category, present.status)
    );
    if cardinality(moves) > 0 then
        perform
            add_to_tally('records', coalesce(sum(records * (known::int - known_before::int)), 0)::bigint),
            add_to_tally('outcomes', coalesce(sum(outcomes * (known::int - known_before::int)), 0)::bigint),
            add_to_tally(
                'ablations_completed',
                coalesce(sum(known::int - known_before::int) filter (where ablation_state = 'completed'), 0)
            ),
            add_to_tally(
                'ablations_in_progress',
                coalesce(sum(known::int - known_before::int) filter (where ablation_state = 'in_progress'), 0)
            )
        from unnest(moves);
        perform take_shared_rows();
        insert into learning_count as kept (category, status, learnings)
        select category, status, sum(sign)
        from (
            select category_before as category, status_before as status, -1 as sign
            from unnest(moves)
            where known_before
            union all
            select category, status, 1
            from unnest(moves)
            where known
        ) as signed
        group by category, status
        on conflict (category, status) do update
        set learnings = kept.learnings + excluded.learnings;
        perform move_outcomes(moves);
    end if;
    update learning_total as kept
    set
        known = present.id is not null,
        created_at = present.created_at,
        category = present.category,
        status = present.status,
        scope_level = present.scope_level,
        scope_name = present.scope_name
    from unnest(ids) as named (id)
    left join known_learning as present on present.id = named.id
    where
        kept.learning_id = named.id
        and (kept.known, kept.created_at, kept.category, kept.status, kept.scope_level, kept.scope_name)
            is distinct from (
                present.id is not null, present.created_at, present.category, present.status,
                present.scope_level, present.scope_name
            );
    update learning_window as kept
    set known = total.known
    from learning_total as total
    where
        total.learning_id = any(ids)
        and kept.learning_id = total.learning_id
        and kept.known <> total.known;
end
$$;

create function roll_up_learnings() returns trigger
language plpgsql
security definer
set search_path from current
as $$
declare
    id_column constant text := tg_argv[0];
    source constant text := case tg_op
        when 'INSERT' then 'table written'
        when 'DELETE' then 'table replaced'
        else 'table replaced union all table written'
    end;
    ids uuid[];
begin
    execute format('select array_agg(distinct %I) from (%s) as changed', id_column, source) into ids;
    if ids is not null then
        perform roll_up_learnings_of(ids);
    end if;
    return null;
end
$$;

-- A trigger that is to see the changed rows may be for one kind of statement only.
do $$
declare
    fact record;
    statement record;
begin
    for fact in
        values
            ('attribution', 'roll_up_attribution()'),
            ('ablation', 'roll_up_ablation()'),
            ('strategy_outcome', 'roll_up_outcomes()'),
            ('session', 'roll_up_sessions()'),
            ('learning', 'roll_up_learnings(''id'')'),
            ('learning_status', 'roll_up_learnings(''learning_id'')'),
            ('learning_decision', 'roll_up_learnings(''learning_id'')'),
            ('learning_tombstone', 'roll_up_learnings(''learning_id'')')
    loop
        for statement in
            values
                ('insert', 'referencing new table as written'),
                ('update', 'referencing old table as replaced new table as written'),
                ('delete', 'referencing old table as replaced')
        loop
            execute format(
                $trigger$
                create trigger roll_up_%1$s
                after %1$s on %2$I
                %3$s
                for each statement
                when (current_setting('groove_dashboard.rolls_up', true) is distinct from 'off')
                execute function %4$s
                $trigger$,
                statement.column1, fact.column1, statement.column2, fact.column2
            );
        end loop;
    end loop;
end
$$;

------------------------------------------------------------------------------------------------------------------------
-- Days that roll.

-- Let the periods of these learnings end with a day. Whoever calls holds the learnings.
create function roll_up_windows_of(ids uuid[], last_day date) returns void
language sql
as $$
    update learning_window as kept
    set
        as_of = last_day,
        activated = lived.activated,
        contribution_sum = lived.contribution_sum,
        ablation_value = lived.ablation_value,
        ablation_confidence = lived.ablation_confidence
    from (
        select
            period.learning_id,
            period.days,
            summed.activated,
            summed.contribution_sum,
            trusted.value as ablation_value,
            trusted.confidence as ablation_confidence
        from learning_window as period
        cross join lateral (
            select
                coalesce(sum(activated), 0) as activated,
                coalesce(sum(contribution_sum), 0) as contribution_sum
            from learning_day
            where
                learning_day.learning_id = period.learning_id
                and learning_day.day > last_day - period.days
                and learning_day.day <= last_day
        ) as summed
        cross join lateral latest_trusted(
            period.learning_id, last_day - period.days + 1, last_day
        ) as trusted
        where period.learning_id = any(ids)
    ) as lived
    where kept.learning_id = lived.learning_id and kept.days = lived.days
$$;

-- Let the periods of some learnings that end with another day end with this one; how many learnings that were.
-- Learnings that a writer holds are passed over.
create function advance_windows(last_day date, at_most integer) returns integer
language plpgsql
as $$
declare
    ids uuid[];
begin
    ids := array(
        select total.learning_id
        from learning_total as total
        where total.known and exists (
            select from learning_window
            where
                learning_window.learning_id = total.learning_id
                and learning_window.as_of <> last_day
        )
        order by total.learning_id
        limit at_most
        for no key update of total skip locked
    );
    perform roll_up_windows_of(ids, last_day);
    return cardinality(ids);
end
$$;

------------------------------------------------------------------------------------------------------------------------
-- What the roll-ups are to be, by the facts alone. Days whose records have been given up are taken as they were kept,
-- and what is over all time is the sum of the days.

create view true_learning_day as
select
    learning_id,
    (occurred_at at time zone 'utc')::date as day,
    count(*) as records,
    count(*) filter (where activated) as activated,
    coalesce(sum(contribution::numeric) filter (where activated), 0) as contribution_sum
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

create view true_strategy_total as
select
    learning_id,
    context_type,
    variant,
    count(*) as outcomes,
    sum(confidence::numeric) as weight,
    sum(confidence::numeric * (value::numeric + 1)) as success
from strategy_outcome
group by learning_id, context_type, variant;

create view true_learning_total as
select
    named.learning_id,
    present.id is not null as known,
    present.created_at,
    present.category,
    present.status,
    present.scope_level,
    present.scope_name,
    coalesce(lived.records, 0) as records,
    coalesce(lived.activated, 0) as activated,
    coalesce(lived.contribution_sum, 0) as contribution_sum,
    furthest_ablation_state(named.learning_id) as ablation_state,
    trusted.value as ablation_value,
    trusted.confidence as ablation_confidence,
    coalesce(outcome.outcomes, 0) as outcomes,
    coalesce(outcome.sessions, 0) as outcome_sessions
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
left join (
    select learning_id, count(*) as outcomes, count(distinct session_id) as sessions
    from strategy_outcome
    group by learning_id
) as outcome on outcome.learning_id = named.learning_id
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
    coalesce(sum(score::numeric), 0) as score_sum
from session
where started_at is not null or assessed_at is not null
group by started_day, assessed_day;

create view true_strategy_group as
select
    known_learning.category,
    outcome.context_type,
    outcome.variant,
    count(*) as outcomes,
    sum(outcome.confidence::numeric) as weight,
    sum(outcome.confidence::numeric * (outcome.value::numeric + 1)) as success
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

-- Make all roll-ups from the facts; periods end with today's UTC day. Nobody reads or writes meanwhile.
create function rebuild_roll_ups() returns void
language plpgsql
as $$
begin
    lock table learning, learning_status, learning_decision, learning_tombstone, attribution, ablation, strategy_outcome,
        session in share mode;
    create temporary table rebuilt_day on commit drop as
    select learning_id, day, records, activated, contribution_sum
    from true_learning_day;
    truncate learning_total, learning_day, learning_window, attribution_session, learning_count, session_day,
        strategy_total, strategy_group, strategy_session, strategy_context, tally;
    insert into learning_day (learning_id, day, records, activated, contribution_sum)
    select learning_id, day, records, activated, contribution_sum
    from rebuilt_day
    order by day, learning_id;
    drop table rebuilt_day;
    analyze learning_day;
    insert into learning_total (
        learning_id, known, created_at, category, status, scope_level, scope_name, records, activated,
        contribution_sum, ablation_state, ablation_value, ablation_confidence, outcomes, outcome_sessions
    )
    select
        learning_id, known, created_at, category, status, scope_level, scope_name, records, activated,
        contribution_sum, ablation_state, ablation_value, ablation_confidence, outcomes, outcome_sessions
    from true_learning_total;
    insert into learning_window (learning_id, days, known)
    select learning_id, days, known
    from learning_total
    cross join unnest('{7,30,90}'::integer[]) as period (days);
    analyze learning_total, learning_window;
    perform roll_up_windows_of(array(select learning_id from learning_total), (now() at time zone 'utc')::date);
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
