-- Tells the readers of the outbox what programs change that write facts past our ingest. Installing again changes nothing.

-- The function below runs with its owner's rights, so that a foreign writer needs none on the outbox. Names without a
-- schema must therefore never be looked up where that writer could have put something of the same name.
select set_config('search_path', format('%I, pg_temp', current_schema()), true);

-- One row for each statement that changed something, as ChangeLog.record writes it: the kind of the facts, and the
-- learnings that they are about, or null where they are about none or about more than 200.
create or replace function tell_foreign_change() returns trigger
language plpgsql
security definer
set search_path from current
as $$
declare
    kind constant text := tg_argv[0];
    learning_column constant text := tg_argv[1];
    source constant text := case tg_op
        when 'INSERT' then 'table written'
        when 'DELETE' then 'table replaced'
        when 'UPDATE' then 'table replaced union all table written'
    end;
    is_changed boolean := true;
    ids jsonb;
begin
    if source is not null then
        execute format('select exists (%s)', source) into is_changed;
    end if;
    if source is not null and learning_column is not null then
        execute format(
            'select jsonb_agg(id) from (select distinct %I as id from (%s) as row order by id limit 201) as named',
            learning_column, source
        ) into ids;
        if jsonb_array_length(ids) > 200 then
            ids := null;
        end if;
    end if;
    if is_changed then
        insert into change_log (changes)
        values (jsonb_build_array(jsonb_build_object('kind', kind, 'ids', ids)));
        perform pg_notify('groove_dashboard_changes', '');
    end if;
    return null;
end
$$;

-- A trigger that is to see the changed rows may be for one kind of statement only; one for truncate sees none.
do $$
declare
    fact record;
    statement record;
begin
    for fact in
        values
            ('learning', 'learning', 'id'),
            ('learning_status', 'learning', 'learning_id'),
            ('learning_decision', 'learning', 'learning_id'),
            ('learning_tombstone', 'learning', 'learning_id'),
            ('attribution', 'attribution', 'learning_id'),
            ('ablation', 'ablation', 'learning_id'),
            ('strategy_outcome', 'strategy_outcome', 'learning_id'),
            ('session', 'session', null),
            ('adaptive_param', 'adaptive_param', null),
            ('component_report', 'component_report', null)
    loop
        for statement in
            values
                ('insert', 'referencing new table as written'),
                ('update', 'referencing old table as replaced new table as written'),
                ('delete', 'referencing old table as replaced'),
                ('truncate', '')
        loop
            execute format(
                $trigger$
                create or replace trigger tell_foreign_%1$s
                after %1$s on %2$I
                %3$s
                for each statement
                when (current_setting('groove_dashboard.tells_changes', true) is distinct from 'on')
                execute function tell_foreign_change(%4$s)
                $trigger$,
                statement.column1, fact.column1, statement.column2,
                concat_ws(', ', quote_literal(fact.column2), quote_literal(fact.column3))
            );
        end loop;
    end loop;
end
$$;
