-- The facts that pipelines push in, each kept once, and the outbox that tells every process what changed.

-- Every event ever applied, so that applying it again changes nothing.
create table event (
    event_id uuid primary key,
    type text not null,
    occurred_at timestamptz not null,
    received_at timestamptz not null default now()
);

-- Let these events count as applied; gives the ids of those that did before. Waits while another transaction that claims
-- one of them is under way, and goes by the order of ids, so that two never wait for each other in a circle.
create function claim_events(ids uuid[], types text[], times timestamptz[]) returns setof uuid
language plpgsql
as $$
begin
    begin
        -- Nearly always all are new, and need not be looked up then.
        insert into event (event_id, type, occurred_at)
        select event_id, type, occurred_at
        from unnest(ids, types, times) as said (event_id, type, occurred_at)
        order by event_id;
        return;
    exception
        when unique_violation then
            null;  -- some are known
    end;
    return query
    with claimed as (
        insert into event (event_id, type, occurred_at)
        select event_id, type, occurred_at
        from unnest(ids, types, times) as said (event_id, type, occurred_at)
        order by event_id
        on conflict (event_id) do nothing
        returning event_id
    )
    select unnest(ids)
    except
    select event_id
    from claimed;
end
$$;

-- The latest extraction of each learning, deleted or not.
create table learning (
    id uuid primary key,
    event_id uuid not null,
    created_at timestamptz not null,
    scope_level text not null,
    scope_name text,
    category text not null,
    content text not null,
    -- case-folded by the application, so that search folds every alphabet whatever the database's locale
    content_folded text not null,
    confidence double precision not null,
    extraction_method text not null,
    source_session text
);
create index learning_created_at on learning (created_at desc, id);

-- The latest status that an event set.
create table learning_status (
    learning_id uuid primary key,
    event_id uuid not null,
    occurred_at timestamptz not null,
    status text not null,
    reason text
);

-- The latest decision that a person took.
create table learning_decision (
    learning_id uuid primary key,
    decided_at timestamptz not null,
    decision text not null check (decision in ('enabled', 'disabled'))
);

-- Deletion is final, even when it arrives before the learning.
create table learning_tombstone (
    learning_id uuid primary key,
    deleted_at timestamptz not null
);

-- Learnings as everybody sees them: not deleted, with the status that counts.
-- A person's "disabled" stands until a person lifts it; a person's "enabled" yields to a later event.
create view known_learning as
select
    learning.id,
    learning.created_at,
    learning.scope_level,
    learning.scope_name,
    learning.category,
    learning.content,
    learning.content_folded,
    learning.extraction_method,
    learning.source_session,
    case
        when learning_decision.decision = 'disabled' then 'disabled'
        when learning_decision.decided_at >= learning_status.occurred_at then 'active'
        else coalesce(learning_status.status, 'active')
    end as status,
    case
        when learning_decision.decision = 'disabled' then null
        when learning_decision.decided_at >= learning_status.occurred_at then null
        else learning_status.reason
    end as status_reason
from learning
left join learning_status on learning_status.learning_id = learning.id
left join learning_decision on learning_decision.learning_id = learning.id
where not exists (
    select from learning_tombstone where learning_tombstone.learning_id = learning.id
);

-- Each group of columns follows its own latest event. Ids order by code point, as everywhere else.
create table session (
    id text collate "C" primary key,
    started_at timestamptz,
    started_event uuid,
    scope_level text,
    scope_name text,
    scope_at timestamptz,
    scope_event uuid,
    title text,
    title_at timestamptz,
    title_event uuid,
    assessed_at timestamptz,
    assessed_event uuid,
    outcome text,
    score double precision
);
create index session_assessed_at on session (assessed_at desc, id) where assessed_at is not null;
create index session_started_at on session (started_at);

-- One record for each session and learning; the latest wins.
create table attribution (
    session_id text collate "C" not null,
    learning_id uuid not null,
    event_id uuid not null,
    occurred_at timestamptz not null,
    activated boolean not null,
    withheld boolean not null,
    contribution double precision not null,
    confidence double precision not null,
    primary key (learning_id, session_id)
);
create index attribution_session on attribution (session_id);
create index attribution_occurred_at on attribution (occurred_at);

create table ablation (
    experiment_id text collate "C" primary key,
    learning_id uuid not null,
    event_id uuid not null,
    occurred_at timestamptz not null,
    state text not null,
    value double precision,
    confidence double precision
);
create index ablation_learning on ablation (learning_id);

create table strategy_outcome (
    event_id uuid primary key,
    learning_id uuid not null,
    session_id text collate "C" not null,
    occurred_at timestamptz not null,
    context_type text not null,
    variant text not null,
    value double precision not null,
    confidence double precision not null
);
create index strategy_outcome_learning on strategy_outcome (learning_id);

create table adaptive_param (
    event_id uuid primary key,
    name text collate "C" not null,
    occurred_at timestamptz not null,
    value double precision not null,
    confidence double precision not null
);
create index adaptive_param_latest on adaptive_param (name, occurred_at desc, event_id desc);

create table component_report (
    event_id uuid primary key,
    component text not null,
    occurred_at timestamptz not null,
    status text not null,
    message text not null
);
create index component_report_latest on component_report (component, occurred_at desc, event_id desc);
create index component_report_recent on component_report (occurred_at desc, event_id);

-- The outbox: what each committed transaction changed. Readers keep a snapshot as their cursor, since the order
-- of seq is not the order of commits.
create table change_log (
    seq bigint generated always as identity primary key,
    transaction_id xid8 not null default pg_current_xact_id(),
    recorded_at timestamptz not null default clock_timestamp(),
    changes jsonb not null
);
create index change_log_transaction on change_log (transaction_id, seq);
create index change_log_recorded_at on change_log (recorded_at);

-- The newest transaction whose row was pruned from the outbox: a reader whose snapshot is older looks at all anew.
create table change_floor (
    id boolean primary key default true check (id),
    transaction_id xid8 not null
);
insert into change_floor (transaction_id) values ('0');
