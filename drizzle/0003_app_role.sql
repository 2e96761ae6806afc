-- The program works as a role that may add to what is recorded and neither change nor remove it: privileges behind the triggers.

-- Makes the role, dauys_app_<owner of the tables>, and gives it what the tables of today need; asked for at every start, it does
-- nothing when nothing is missing. The databases of one owner share it, those of another never. Null where this login may not work as
-- the role: then only the triggers hold.
create function app_role() returns text language plpgsql as $$
declare
  own name := current_user;
  master oid := (select relowner from pg_class where oid = 'public.leaf'::regclass);
  role name := left('dauys_app_' || pg_get_userbyid(master), 63);
  -- From 16 on a member may be one who may grant the role and not work as it.
  may_work text := case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end;
  t record;
begin
  begin
    if not exists (select from pg_roles where rolname = role) then execute format('create role %I nologin', role); end if;
  exception
    when duplicate_object or unique_violation then null; -- another database of this server was first
    when insufficient_privilege then return null;
  end;
  begin
    if not pg_has_role(own, role, may_work) then execute format('grant %I to %I', role, own); end if;
  exception
    when unique_violation or internal_error then null; -- another database of this server granted it in this moment
    when insufficient_privilege then return null;
  end;
  if not pg_has_role(own, role, may_work) then return null; end if;
  if not has_schema_privilege(role, 'public', 'usage') then execute format('grant usage on schema public to %I', role); end if;
  for t in select c.oid, c.relname as name, c.relkind as kind from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relowner = master and c.relkind in ('r', 'S')
  loop
    if t.kind = 'S' then
      if not has_sequence_privilege(role, t.oid, 'usage') then
        execute format('grant usage, select on sequence %I to %I', t.name, role);
      end if;
    elsif not has_table_privilege(role, t.oid, 'insert') then
      execute format('grant %s on %I to %I', case when t.name in ('leaf', 'entry', 'ballot') then 'select, insert'
        else 'select, insert, update, delete' end, t.name, role);
    end if;
  end loop;
  return role;
end $$;
