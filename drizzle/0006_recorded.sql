-- A table only grows when a trigger says so, and the role of the program follows the triggers. A cast answers what is asked of it.

-- Makes the role, dauys_app_<owner of the tables>, and gives it what the tables of today need; asked for at every start, it does
-- nothing when nothing is missing. Where a trigger executes append_only() on update it may read and add. The databases of one owner
-- share the role, those of another never. Null where this login may not work as the role: then only the triggers hold.
create or replace function app_role() returns text language plpgsql as $$
declare
  own name := current_user;
  master oid := (select relowner from pg_class where oid = 'public.leaf'::regclass);
  role name := left('dauys_app_' || pg_get_userbyid(master), 63);
  -- From 16 on a member may be one who may grant the role and not work as it.
  may_work text := case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end;
  t record;
  only_grows boolean;
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
  return role;
end $$;
--> statement-breakpoint

drop function cast_ballot(uuid, bigint, int, int, text, bytea, bytea, bytea, text);
--> statement-breakpoint
-- Casts a sealed ballot: lock the roll row, answer a repeat with its receipt, then way, fence, version, leaf. One round trip.
-- Without a box (the marks are gone) it only answers what is recorded.
-- outcome: cast | repeat | not-yours | marks-gone | desk | paper | closed | voted | clash
create function cast_ballot(p_ballot uuid, p_account bigint, p_cycle int, p_territory int, p_channel text, p_box bytea, p_body bytea, p_hash bytea, p_receipt text)
returns table (outcome text, receipt text, at timestamptz, cycle int, roll_row int) language plpgsql as $$
declare o opened_ballot; r roll_row; b ballot; opens timestamptz; closes timestamptz; phase_now text; once boolean; s_last int; l bigint; t timestamptz;
begin
  select * into o from opened_ballot x where x.id = p_ballot and x.account = p_account;
  if not found then return query select 'not-yours', null::text, null::timestamptz, null::int, null::int; return; end if;
  select * into r from roll_row x where x.id = o.roll_row for update;
  if o.cycle <> p_cycle or r.territory <> p_territory then
    return query select 'not-yours', null::text, null::timestamptz, o.cycle, o.roll_row; return;
  end if;
  select * into b from ballot x where x.opened_ballot = p_ballot;
  if found then
    return query select 'repeat', b.receipt, b.at, o.cycle, o.roll_row; return;
  end if;
  if not exists (select 1 from claim x where x.cycle = o.cycle and x.roll_row = o.roll_row and x.account = p_account) then
    return query select 'not-yours', null::text, null::timestamptz, o.cycle, o.roll_row; return;
  end if;
  if r.way <> 'open' then
    return query select r.way, null::text, null::timestamptz, o.cycle, o.roll_row; return;
  end if;
  perform pg_advisory_xact_lock_shared(7, o.cycle);
  select c.phase, c.revote = 'none', a.starts_at, z.starts_at into phase_now, once, opens, closes
    from cycle c left join phase_start a on a.cycle = c.id and a.phase = 'voting'
    left join phase_start z on z.cycle = c.id and z.phase = 'counting' where c.id = o.cycle;
  t := clock_timestamp();
  if phase_now <> 'voting' or t < opens or t >= closes then
    return query select 'closed', null::text, closes, o.cycle, o.roll_row; return;
  end if;
  select coalesce(max(x.s), 0) into s_last from ballot x where x.cycle = o.cycle and x.roll_row = o.roll_row;
  if once and s_last > 0 then
    return query select 'voted', null::text, null::timestamptz, o.cycle, o.roll_row; return;
  end if;
  if p_box is null then
    return query select 'marks-gone', null::text, null::timestamptz, o.cycle, o.roll_row; return;
  end if;
  if exists (select 1 from ballot x where x.cycle = o.cycle and x.receipt = p_receipt) then
    return query select 'clash', null::text, null::timestamptz, o.cycle, o.roll_row; return;
  end if;
  insert into leaf (log, kind, body, hash, at) values (o.cycle, 'ballot', p_body, p_hash, t) returning id into l;
  insert into ballot (cycle, roll_row, s, opened_ballot, channel, box, leaf, receipt, at)
    values (o.cycle, o.roll_row, s_last + 1, p_ballot, p_channel, p_box, l, p_receipt, t);
  return query select 'cast', p_receipt, t, o.cycle, o.roll_row;
end $$;
