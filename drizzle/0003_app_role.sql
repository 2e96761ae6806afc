-- The program works as a role that may add to what is recorded and neither change nor remove it: privileges behind the triggers.

-- Makes the role (shared by all databases of a server) and gives it what the tables of today need; asked for at every start, it
-- does nothing when nothing is missing. Null where this login may not make roles and nobody has made it: then only the triggers hold.
create function app_role() returns text language plpgsql as $$
declare own name := current_user; t record;
begin
  begin
    if not exists (select from pg_roles where rolname = 'dauys_app') then create role dauys_app nologin; end if;
  exception
    when duplicate_object or unique_violation then null; -- another database of this server was first
    when insufficient_privilege then return null;
  end;
  if not pg_has_role(own, 'dauys_app', 'member') then
    begin
      execute format('grant dauys_app to %I', own);
    exception when insufficient_privilege then return null;
    end;
  end if;
  if not has_schema_privilege('dauys_app', 'public', 'usage') then grant usage on schema public to dauys_app; end if;
  for t in select c.oid, c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' loop
    if t.name in ('leaf', 'entry', 'ballot') then
      if not has_table_privilege('dauys_app', t.oid, 'insert') then
        execute format('grant select, insert on %I to dauys_app', t.name);
      end if;
    elsif not has_table_privilege('dauys_app', t.oid, 'insert') then
      execute format('grant select, insert, update, delete on %I to dauys_app', t.name);
    end if;
  end loop;
  for t in select c.oid, c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'S' loop
    if not has_sequence_privilege('dauys_app', t.oid, 'usage') then
      execute format('grant usage, select on sequence %I to dauys_app', t.name);
    end if;
  end loop;
  return 'dauys_app';
end $$;
--> statement-breakpoint
select app_role();
