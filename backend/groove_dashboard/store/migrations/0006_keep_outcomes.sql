-- Keeps what outcomes of strategies come to.

-- The functions below run with their owner's rights, so that a foreign writer needs none on the roll-ups. Names without
-- a schema must therefore never be looked up where that writer could have put something of the same name.
select set_config('search_path', format('%I, pg_temp', current_schema()), true);

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
    of_known bigint;
    groups group_delta[];
    sessions group_session_delta[];
begin
    if not is_held() then
        perform hold_learnings(array(select distinct learning_id from unnest(deltas)));
    end if;
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
    insert into strategy_learning as kept (learning_id, known, outcomes, sessions)
    select
        learning_id,
        (select known from learning_total where learning_total.learning_id = named.learning_id),
        sum(named.outcomes),
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
        end
    from (
        select learning_id, session_id collate "C" as session_id, sum(outcomes) as outcomes
        from unnest(deltas)
        group by learning_id, session_id collate "C"
    ) as named
    group by learning_id
    order by learning_id
    on conflict (learning_id) do update
    set
        outcomes = kept.outcomes + excluded.outcomes,
        sessions = excluded.sessions + case when only_inserted then kept.sessions else 0 end;
    select
        sum(delta.outcomes),
        array_agg(row(category, context_type, variant, delta.outcomes, weight, success)::group_delta),
        array_agg(row(category, context_type, session_id, delta.outcomes)::group_session_delta)
    into of_known, groups, sessions
    from unnest(deltas) as delta
    join learning_total on learning_total.learning_id = delta.learning_id
    where learning_total.known;
    if groups is not null then
        perform add_to_tally('outcomes', of_known), add_to_groups(groups, sessions);
    end if;
end
$$;

create function roll_up_outcomes() returns trigger
language plpgsql
security definer
set search_path from current
set extra_float_digits = 1
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
                sum(as_sent(confidence)),
                sum(as_sent(confidence) * (as_sent(value) + 1))
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
                -sum(as_sent(confidence)),
                -sum(as_sent(confidence) * (as_sent(value) + 1))
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
                sum(sign * as_sent(confidence)),
                sum(sign * as_sent(confidence) * (as_sent(value) + 1))
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
