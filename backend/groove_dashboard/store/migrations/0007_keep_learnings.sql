-- Keeps how many learnings and sessions there are, and lets every write to a table of facts keep the roll-ups.

-- The functions below run with their owner's rights, so that a foreign writer needs none on the roll-ups. Names without
-- a schema must therefore never be looked up where that writer could have put something of the same name.
select set_config('search_path', format('%I, pg_temp', current_schema()), true);

create function roll_up_sessions() returns trigger
language plpgsql
security definer
set search_path from current
set extra_float_digits = 1
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
            coalesce(sum(as_sent(score)), 0)
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
            -coalesce(sum(as_sent(score)), 0)
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
            total.records, coalesce(outcome.outcomes, 0), total.ablation_state
        )::learning_move
        from learning_total as total
        left join strategy_learning as outcome on outcome.learning_id = total.learning_id
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
    set known = move.known, category = move.category, status = move.status
    from unnest(moves) as move
    where kept.learning_id = move.learning_id;
    update strategy_learning as kept
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
