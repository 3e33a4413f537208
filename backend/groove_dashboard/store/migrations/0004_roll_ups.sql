-- What topics show, kept counted and summed up, so that reading it costs no more as history grows.

-- A row that is missing counts as one of zeros. Counts and sums are exact, so that adding what a fact brings and taking
-- away what it replaces leaves nothing behind.

-- The day by which weeks and windows are kept. The database's own: servers' clocks differ, and if each went by its own,
-- one would turn back what another has moved on, and one that runs ahead would take the windows along for everybody.
create function utc_today() returns date
language sql stable parallel safe
return (now() at time zone 'utc')::date;

-- Every learning that a fact has named: what its facts come to over all time, and in the windows that people look at.
-- Records are those not withheld.
--
-- Nothing that a record changes is in an index: a row that changes stays where it is, and no index is written to. Lists
-- sort all rows instead, so what they go by comes first, where it is found without reading what has no fixed length.
create table learning_total (
    learning_id uuid primary key,
    -- as known_learning has it; so category and status, which are null for a learning that is unknown or deleted
    known boolean not null default false,
    -- The windows are the 7, 30 and 90 days that end with this one. Where that is not the reader's day, the windows are
    -- not used; the reader adds the learning's days up instead. So a server whose clock says another day than the
    -- database's shows what is right for its day, only slower.
    as_of date not null default utc_today(),
    value double precision not null generated always as (
        estimated_value(activated, contribution_sum, ablation_value, ablation_confidence)
    ) stored,
    confidence double precision not null generated always as (
        estimated_confidence(activated, ablation_confidence)
    ) stored,
    value_7 double precision not null generated always as (
        estimated_value(activated_7, contribution_sum_7, ablation_value_7, ablation_confidence_7)
    ) stored,
    value_30 double precision not null generated always as (
        estimated_value(activated_30, contribution_sum_30, ablation_value_30, ablation_confidence_30)
    ) stored,
    value_90 double precision not null generated always as (
        estimated_value(activated_90, contribution_sum_90, ablation_value_90, ablation_confidence_90)
    ) stored,
    records bigint not null default 0,
    activated bigint not null default 0,
    activated_7 bigint not null default 0,
    activated_30 bigint not null default 0,
    activated_90 bigint not null default 0,
    category text,
    status text,
    contribution_sum numeric not null default 0,
    contribution_sum_7 numeric not null default 0,
    contribution_sum_30 numeric not null default 0,
    contribution_sum_90 numeric not null default 0,
    -- completed, else in_progress, else null
    ablation_state text,
    -- of the latest trusted experiment, over all time and in each window
    ablation_value double precision,
    ablation_confidence double precision,
    ablation_value_7 double precision,
    ablation_confidence_7 double precision,
    ablation_value_30 double precision,
    ablation_confidence_30 double precision,
    ablation_value_90 double precision,
    ablation_confidence_90 double precision,
    check (known = (category is not null) and known = (status is not null))
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
create index learning_total_as_of on learning_total (as_of) where known;

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

-- What a learning's records came to before a week began, on a Monday, for each of the weeks that are kept: the present
-- one and those that periods reach back to. So a period of any length is what there is over all time, less what there was
-- before a week near its first day, give or take the days between the two.
create table learning_week (
    learning_id uuid not null,
    week date not null,
    activated bigint not null,
    contribution_sum numeric not null,
    primary key (week, learning_id)
) with (fillfactor = 85);
create table kept_weeks (
    first_week date not null,
    last_week date not null,
    is_only boolean primary key default true check (is_only),
    check (extract(isodow from first_week) = 1 and extract(isodow from last_week) = 1 and first_week <= last_week)
);
insert into kept_weeks (first_week, last_week)
values ('2000-01-03', '2000-01-03');

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

-- Outcomes of a learning: weight is the sum of w, success that of w(v + 1).
create table strategy_total (
    learning_id uuid not null,
    context_type text not null,
    variant text not null,
    outcomes bigint not null,
    weight numeric not null,
    success numeric not null,
    primary key (learning_id, context_type, variant)
) with (fillfactor = 85);

-- How many outcomes a learning has, and from how many distinct sessions.
create table strategy_learning (
    learning_id uuid primary key,
    -- as in learning_total
    known boolean not null default false,
    outcomes bigint not null,
    sessions bigint not null
) with (fillfactor = 70);

-- Outcomes of the known learnings of a category.
create table strategy_group (
    category text not null,
    context_type text not null,
    variant text not null,
    outcomes bigint not null,
    weight numeric not null,
    success numeric not null,
    primary key (category, context_type, variant)
) with (fillfactor = 50);

-- Which sessions those outcomes are of, and how many such sessions there are. What is written of a session lies together.
create table strategy_session (
    session_id text collate "C" not null,
    category text not null,
    context_type text not null,
    outcomes bigint not null,
    primary key (session_id, category, context_type)
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
create index learning_scope on learning (scope_level, scope_name);
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
