-- Two logins: the owner of the tables brings the database up, and a login that owns nothing serves.

-- The role that the program works as: dauys_app_<owner of the tables>. The databases of one owner share it, those of another never.
create function app_role_name() returns name language sql stable as $$
  select left('dauys_app_' || pg_get_userbyid(relowner), 63)::name from pg_class where oid = 'public.leaf'::regclass
$$;
--> statement-breakpoint
-- What `role` may do with the tables of today; nothing is done when nothing is missing. Where a trigger executes append_only() on
-- update it may read and add.
create function app_privileges(role name) returns void language plpgsql as $$
declare
  t record;
  only_grows boolean;
begin
  if not has_schema_privilege(role, 'public', 'usage') then execute format('grant usage on schema public to %I', role); end if;
  if not has_schema_privilege(role, 'drizzle', 'usage') then execute format('grant usage on schema drizzle to %I', role); end if;
  if not has_table_privilege(role, 'drizzle.__drizzle_migrations', 'select') then
    execute format('grant select on drizzle.__drizzle_migrations to %I', role);
  end if;
  for t in select c.oid, c.relname as name, c.relkind as kind from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'S')
      and c.relowner = (select relowner from pg_class where oid = 'public.leaf'::regclass)
  loop
    if t.kind = 'S' then
      if not has_sequence_privilege(role, t.oid, 'usage') then
        execute format('grant usage, select on sequence %I to %I', t.name, role);
      end if;
    else
      only_grows := exists (select from pg_trigger g join pg_proc p on p.oid = g.tgfoid
        where g.tgrelid = t.oid and not g.tgisinternal and g.tgtype & 16 <> 0 -- on update
          and p.proname = 'append_only' and p.pronamespace = 'public'::regnamespace);
      if not has_table_privilege(role, t.oid, 'insert') then
        execute format('grant %s on %I to %I', case when only_grows then 'select, insert'
          else 'select, insert, update, delete' end, t.name, role);
      elsif only_grows and has_table_privilege(role, t.oid, 'update, delete') then
        execute format('revoke update, delete on %I from %I', t.name, role);
      end if;
    end if;
  end loop;
end $$;
--> statement-breakpoint
-- Lets `login` work as `role`. Quiet where this login may not grant it: `standing` tells what became of it.
create function let_work(login name, role name) returns void language plpgsql as $$
begin
  if not pg_has_role(login, role, 'member') then execute format('grant %I to %I', role, login); end if;
exception
  when unique_violation or internal_error then null; -- another database of this server granted it in this moment
  when insufficient_privilege then null;
end $$;
--> statement-breakpoint
-- Makes the role and gives it what it needs; asked for at every migration. The owner may work as it too, for programs that have no
-- login of their own. Null where this login may not make roles and nobody made it before: then only the triggers hold.
create or replace function app_role() returns text language plpgsql as $$
declare role name := app_role_name();
begin
  begin
    if not exists (select from pg_roles where rolname = role) then execute format('create role %I nologin', role); end if;
  exception
    when duplicate_object or unique_violation then null; -- another database of this server was first
    when insufficient_privilege then return null;
  end;
  perform app_privileges(role);
  perform let_work(current_user, role);
  return role;
end $$;
--> statement-breakpoint
-- The login that serves: made where it is missing, and it may work as the role of the program. The password of one that may do so
-- already follows what is given; any other login is left as it is. Statements that hold the password are run in here, where no log of
-- statements shows them. Nothing happens where this login may not make roles: `standing` tells.
create function serving_login(login name, password text) returns void language plpgsql as $$
declare role name := app_role_name();
begin
  if not exists (select from pg_roles where rolname = login) then
    execute format('create role %I login nosuperuser nocreatedb nocreaterole password %L', login, password);
  elsif password is not null and pg_has_role(login, role, 'member') and not (select rolsuper from pg_roles where rolname = login) then
    execute format('alter role %I password %L', login, password);
  end if;
  perform let_work(login, role);
exception
  when duplicate_object or unique_violation or internal_error then perform let_work(login, role); -- another database was first
  when insufficient_privilege then perform let_work(login, role);
end $$;
--> statement-breakpoint
-- Who asks: the role that this login may work as, or null; and whether it owns the tables or may make itself their owner.
create function standing(out role text, out owns boolean) language plpgsql stable as $$
declare
  -- From 16 on a member may be one who may grant the role and not work as it, and who makes roles no longer takes any.
  since_16 boolean := current_setting('server_version_num')::int >= 160000;
  name name := app_role_name();
begin
  if exists (select from pg_roles r where r.rolname = name)
    and pg_has_role(session_user, name, case when since_16 then 'set' else 'member' end) then role := name; end if;
  select r.rolsuper or (r.rolcreaterole and not since_16) or exists (select from pg_roles o
      where pg_has_role(session_user, o.oid, 'member') and (
        o.oid in (select relowner from pg_class where oid = 'public.leaf'::regclass
          union all select nspowner from pg_namespace where oid = 'public'::regnamespace
          union all select datdba from pg_database where datname = current_database())
        or o.rolname in ('pg_write_all_data', 'pg_write_server_files', 'pg_execute_server_program')))
    into owns from pg_roles r where r.rolname = session_user;
end $$;
