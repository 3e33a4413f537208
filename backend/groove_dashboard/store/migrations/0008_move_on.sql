-- Moves windows and weeks on when a day or a week ends.

-- What a learning's facts come to in the windows that end with a day.
create function windows_of(of_learning uuid, last_day date) returns table (
    activated_7 bigint,
    contribution_sum_7 numeric,
    ablation_value_7 double precision,
    ablation_confidence_7 double precision,
    activated_30 bigint,
    contribution_sum_30 numeric,
    ablation_value_30 double precision,
    ablation_confidence_30 double precision,
    activated_90 bigint,
    contribution_sum_90 numeric,
    ablation_value_90 double precision,
    ablation_confidence_90 double precision
)
language sql stable
as $$
    select
        lived.activated_7,
        lived.contribution_sum_7,
        trusted_7.value,
        trusted_7.confidence,
        lived.activated_30,
        lived.contribution_sum_30,
        trusted_30.value,
        trusted_30.confidence,
        lived.activated_90,
        lived.contribution_sum_90,
        trusted_90.value,
        trusted_90.confidence
    from (
        select
            coalesce(sum(activated) filter (where day > last_day - 7), 0)::bigint as activated_7,
            coalesce(sum(contribution_sum) filter (where day > last_day - 7), 0) as contribution_sum_7,
            coalesce(sum(activated) filter (where day > last_day - 30), 0)::bigint as activated_30,
            coalesce(sum(contribution_sum) filter (where day > last_day - 30), 0) as contribution_sum_30,
            coalesce(sum(activated) filter (where day > last_day - 90), 0)::bigint as activated_90,
            coalesce(sum(contribution_sum) filter (where day > last_day - 90), 0) as contribution_sum_90
        from learning_day
        where
            learning_id = of_learning
            and day > last_day - 90
            and day <= last_day
    ) as lived
    cross join latest_trusted(of_learning, last_day - 6, last_day) as trusted_7
    cross join latest_trusted(of_learning, last_day - 29, last_day) as trusted_30
    cross join latest_trusted(of_learning, last_day - 89, last_day) as trusted_90
$$;

-- Make the windows of these learnings anew, to end with a day; null for the day with which they end already.
-- Whoever calls holds the learnings.
create function roll_up_windows_of(ids uuid[], last_day date) returns void
language sql
as $$
    update learning_total as kept
    set
        as_of = lived.as_of,
        activated_7 = lived.activated_7,
        contribution_sum_7 = lived.contribution_sum_7,
        ablation_value_7 = lived.ablation_value_7,
        ablation_confidence_7 = lived.ablation_confidence_7,
        activated_30 = lived.activated_30,
        contribution_sum_30 = lived.contribution_sum_30,
        ablation_value_30 = lived.ablation_value_30,
        ablation_confidence_30 = lived.ablation_confidence_30,
        activated_90 = lived.activated_90,
        contribution_sum_90 = lived.contribution_sum_90,
        ablation_value_90 = lived.ablation_value_90,
        ablation_confidence_90 = lived.ablation_confidence_90
    from (
        select total.learning_id, ending.as_of, windows.*
        from learning_total as total
        cross join lateral (select coalesce(last_day, total.as_of) as as_of) as ending
        cross join lateral windows_of(total.learning_id, ending.as_of) as windows
        where total.learning_id = any(ids)
    ) as lived
    where kept.learning_id = lived.learning_id
$$;

-- Whether windows that end with this day are to be moved. Forward only: around midnight, who began a moment before
-- would turn back what others have moved on. Except where they end far ahead, since the database's clock was wrong.
create function is_outdated(as_of date) returns boolean
language sql stable parallel safe
return as_of < utc_today() or as_of > utc_today() + 1;

-- Let the outdated windows of some learnings end with today; how many learnings that were.
-- Learnings that a writer holds are passed over.
create function advance_windows(at_most integer) returns integer
language plpgsql
as $$
declare
    ids uuid[];
begin
    ids := array(
        select learning_id
        from learning_total
        where known and is_outdated(as_of)
        order by learning_id
        limit at_most
        for no key update skip locked
    );
    perform roll_up_windows_of(ids, utc_today());
    return cardinality(ids);
end
$$;

-- What there was before a week, where there is no other week to go on from.
create function start_weeks(with_week date) returns void
language sql
as $$
    delete from learning_week;
    delete from kept_weeks;
    insert into kept_weeks (first_week, last_week)
    values (with_week, with_week);
    insert into learning_week (learning_id, week, activated, contribution_sum)
    select learning_id, with_week, sum(activated), sum(contribution_sum)
    from learning_day
    where day < with_week
    group by learning_id
    order by learning_id
$$;

-- Keep one more week, or take weeks away that a wrong clock has added; whether there was anything to do. Periods have up
-- to 365 days, so they reach back 53 weeks. Writers wait meanwhile: some 100 ms, once a week, and a second more at most,
-- where a transaction is under way that has written and does not end.
create function keep_next_week() returns boolean
language plpgsql
set lock_timeout = '1s'
as $$
declare
    this_week date := date_trunc('week', utc_today()::timestamp)::date;
    first_kept date;
    last_kept date;
    next_week date;
begin
    -- Around midnight, who began a moment before does not turn back what others have moved on.
    if (select last_week from kept_weeks) in (this_week, this_week + 7) then
        return false;
    end if;
    perform pg_advisory_xact_lock(2003133803);  -- of hold_weeks
    select first_week, last_week
    into first_kept, last_kept
    from kept_weeks;
    if first_kept is null or first_kept > this_week or last_kept < this_week - 371 then
        perform start_weeks(this_week - 371);
    elsif last_kept > this_week then
        delete from learning_week
        where week > this_week;
        update kept_weeks
        set last_week = this_week;
    elsif last_kept < this_week then
        next_week := last_kept + 7;
        delete from learning_week
        where week < next_week - 371 or week >= next_week;
        insert into learning_week (learning_id, week, activated, contribution_sum)
        select learning_id, next_week, sum(activated), sum(contribution_sum)
        from (
            select learning_id, activated, contribution_sum
            from learning_week
            where week = last_kept
            union all
            select learning_id, activated, contribution_sum
            from learning_day
            where day >= last_kept and day < next_week
        ) as part
        group by learning_id
        order by learning_id;
        update kept_weeks
        set first_week = greatest(first_kept, next_week - 371), last_week = next_week;
    end if;
    return true;
end
$$;
