-- Each table says what of it the program may change: nothing, unless its comment has `the program may: update (columns), delete`.
-- Heads, tiles, grants and failed look-ups change in one direction only, whoever asks.

-- Gives `role` what the tables of today say, and takes what they do not: every table may be read and added to. Nothing is done when
-- nothing is different.
create or replace function app_privileges(role name) returns void language plpgsql as $$
declare
  own oid := (select oid from pg_roles where rolname = role);
  t record;
  may text;
  columns text[];
  wanted text[];
begin
  if not has_schema_privilege(role, 'public', 'usage') then execute format('grant usage on schema public to %I', role); end if;
  if not has_schema_privilege(role, 'drizzle', 'usage') then execute format('grant usage on schema drizzle to %I', role); end if;
  if not has_table_privilege(role, 'drizzle.__drizzle_migrations', 'select') then
    execute format('grant select on drizzle.__drizzle_migrations to %I', role);
  end if;
  for t in select c.oid, c.relname as name, c.relkind as kind, c.relacl as acl, obj_description(c.oid, 'pg_class') as says from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'S')
      and c.relowner = (select relowner from pg_class where oid = 'public.leaf'::regclass)
  loop
    if t.kind = 'S' then
      if not has_sequence_privilege(role, t.oid, 'usage') then
        execute format('grant usage, select on sequence %I to %I', t.name, role);
      end if;
      continue;
    end if;
    may := coalesce(substring(t.says from 'the program may: (.*)'), '');
    columns := regexp_split_to_array(substring(may from 'update \(([^)]*)\)'), ',\s*');
    wanted := array['INSERT', 'SELECT'] || case when may ~ '\mdelete\M' then array['DELETE'] else '{}' end
      || coalesce((select array_agg('UPDATE ' || x) from unnest(columns) x), '{}');
    if (select array_agg(x order by x) from unnest(wanted) x) is distinct from (
      select array_agg(x order by x) from (
        select a.privilege_type as x from aclexplode(t.acl) a where a.grantee = own
        union all select a.privilege_type || ' ' || c.attname from pg_attribute c cross join aclexplode(c.attacl) a
          where c.attrelid = t.oid and not c.attisdropped and a.grantee = own) held)
    then
      execute format('revoke all on %I from %I', t.name, role);
      execute format('grant select, insert%s%s on %I to %I', case when may ~ '\mdelete\M' then ', delete' end,
        (select format(', update (%s)', string_agg(quote_ident(x), ', ')) from unnest(columns) x having count(*) > 0), t.name, role);
    end if;
  end loop;
end $$;
--> statement-breakpoint
comment on table account is 'the program may: update (locale, home_cycle, home_territory, reachable), delete';
--> statement-breakpoint
comment on table attempt is 'the program may: delete';
--> statement-breakpoint
comment on table card is 'the program may: update (state)';
--> statement-breakpoint
comment on table claim is 'the program may: update (account, label), delete';
--> statement-breakpoint
comment on table cycle is 'the program may: update (phase, box_size, public_key, seed_commitment, frozen_rules)';
--> statement-breakpoint
comment on table delivery is 'the program may: update (state, due_at, claimed_at, message_id, back_to), delete';
--> statement-breakpoint
comment on table head is 'the program may: update (checkpoint), delete';
--> statement-breakpoint
comment on table lease is 'the program may: update (holder, until), delete';
--> statement-breakpoint
comment on table opened_ballot is 'the program may: update (account, shown_at)';
--> statement-breakpoint
comment on table phase_start is 'the program may: update (starts_at)';
--> statement-breakpoint
comment on table result is 'the program may: update (count, ballots, hash, state)';
--> statement-breakpoint
comment on table role_grant is 'the program may: update (revoked_at), delete';
--> statement-breakpoint
comment on table roll_import is 'the program may: update (state, approved_by)';
--> statement-breakpoint
comment on table roll_row is 'the program may: update (contact_mac)';
--> statement-breakpoint
comment on table territory is 'the program may: update (parent)';
--> statement-breakpoint
comment on table tile is 'the program may: update (width, hashes), delete';
--> statement-breakpoint
comment on table watch is 'the program may: delete';
--> statement-breakpoint

-- A checkpoint stays as it is, for ever. Any other head only becomes one, or gives way to a longer head of its log.
create function head_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and not old.checkpoint and new.checkpoint
    and (new.log, new.size, new.root, new.edge, new.note, new.at) = (old.log, old.size, old.root, old.edge, old.note, old.at) then
    return new;
  end if;
  if tg_op = 'DELETE' and not old.checkpoint and exists (select from head h where h.log = old.log and h.size > old.size) then
    return old;
  end if;
  raise exception 'head % of log % only gives way to a longer one', old.size, old.log using errcode = 'restrict_violation';
end $$;
--> statement-breakpoint
create trigger head_kept before update or delete on head for each row execute function head_kept();
--> statement-breakpoint
create trigger head_no_truncate before truncate on head execute function append_only();
--> statement-breakpoint

-- A tile only grows: what it holds stays where it is.
create function tile_grows() returns trigger language plpgsql as $$
begin
  if (new.log, new.level, new.index) = (old.log, old.level, old.index) and new.width > old.width
    and substr(new.hashes, 1, octet_length(old.hashes)) = old.hashes then
    return new;
  end if;
  raise exception 'a tile only grows' using errcode = 'restrict_violation';
end $$;
--> statement-breakpoint
create trigger tile_grows before update on tile for each row execute function tile_grows();
--> statement-breakpoint

-- A grant is ended once and is what it was otherwise; only one that was ended is forgotten.
create function grant_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.revoked_at is null and new.revoked_at is not null
    and (new.id, new.account, new.role, new.territory, new.granted_by, new.granted_at, new.until)
      is not distinct from (old.id, old.account, old.role, old.territory, old.granted_by, old.granted_at, old.until) then
    return new;
  end if;
  if tg_op = 'DELETE' and old.revoked_at is not null then return old; end if;
  raise exception 'grant % is only ended', old.id using errcode = 'restrict_violation';
end $$;
--> statement-breakpoint
create trigger grant_kept before update or delete on role_grant for each row execute function grant_kept();
--> statement-breakpoint
create trigger grant_no_truncate before truncate on role_grant execute function append_only();
--> statement-breakpoint

-- Whoever guesses is not forgiven by taking the guesses away: they lapse after two days.
create function attempt_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.at < clock_timestamp() - interval '2 days' then return old; end if;
  raise exception 'failed look-ups lapse after two days' using errcode = 'restrict_violation';
end $$;
--> statement-breakpoint
create trigger attempt_kept before update or delete on attempt for each row execute function attempt_kept();
--> statement-breakpoint
create trigger attempt_no_truncate before truncate on attempt execute function append_only();
