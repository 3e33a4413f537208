-- Attribution records grow without end, so that old months of them must go at once and leave the others alone.

-- A record lies in the month of its own time, and moves when it is corrected. So no index can see to it that there is
-- one record for each session and learning; whoever writes does, with the session's span from attribution_session.
alter table attribution rename to attribution_before;

create table attribution (
    session_id text collate "C" not null,
    learning_id uuid not null,
    event_id uuid not null,
    occurred_at timestamptz not null,
    activated boolean not null,
    withheld boolean not null,
    contribution double precision not null,
    confidence double precision not null,
    constraint attribution_key primary key (session_id, learning_id, occurred_at)
) partition by range (occurred_at);

-- Records of months that have no table of their own.
create table attribution_other partition of attribution default;

-- Records before the first moment of this day (UTC) have been given up; no row as long as there was no retention.
create table retention (
    id boolean primary key default true check (id),
    horizon date not null
);

-- Make the table of a day's month (UTC) and move into it what lies among the others. False where it is there already,
-- where the month has been given up, where it is further than ten years ago or two months ahead, so that wrong clocks
-- cannot make any number of tables, and where the others are in use for longer than a second: they keep the records then.
create function make_attribution_month(day date) returns boolean
language plpgsql
as $$
declare
    first constant date := date_trunc('month', day::timestamp)::date;
    since constant timestamptz := first::timestamp at time zone 'utc';
    until constant timestamptz := (first + interval '1 month') at time zone 'utc';
    name constant text := 'attribution_' || to_char(first, 'YYYY_MM');
begin
    if to_regclass(quote_ident(name)) is not null
        or first < (now() - interval '10 years')::date
        or first > (now() + interval '2 months')::date
        or exists (select from retention where first < horizon)
    then
        return false;
    end if;
    perform set_config('lock_timeout', '1s', true);
    lock table attribution_other in access exclusive mode;
    if to_regclass(quote_ident(name)) is not null then
        return false;
    end if;
    execute format('create table %I (like attribution including all)', name);
    execute format(
        $move$
        with moved as (
            delete from attribution_other
            where occurred_at >= %1$L and occurred_at < %2$L
            returning
                session_id, learning_id, event_id, occurred_at, activated, withheld, contribution, confidence
        )
        insert into %3$I
        select session_id, learning_id, event_id, occurred_at, activated, withheld, contribution, confidence
        from moved
        $move$,
        since, until, name
    );
    execute format('alter table attribution attach partition %I for values from (%L) to (%L)', name, since, until);
    return true;
exception
    when lock_not_available then
        return false;
end
$$;

select make_attribution_month(month)
from (
    select distinct date_trunc('month', occurred_at at time zone 'utc')::date as month
    from attribution_before
) as months
order by month;

insert into attribution (
    session_id, learning_id, event_id, occurred_at, activated, withheld, contribution, confidence
)
select session_id, learning_id, event_id, occurred_at, activated, withheld, contribution, confidence
from attribution_before
order by occurred_at, session_id, learning_id;

drop table attribution_before;

-- Ids of events are given up by when they came in, which is the order in which they lie on the disk.
create index event_received_at on event using brin (received_at);
