-- What acts of officials lean on: an edit and the freeze cannot slip past each other, a close only moves later, a grant is held once.

-- An edit holds the cycle's row until it commits, so the freeze (which locks that row for update) sees it or refuses it.
create or replace function frozen() returns trigger language plpgsql as $$
declare c int := case when tg_op = 'DELETE' then old.cycle else new.cycle end; rules text;
begin
  select frozen_rules into rules from cycle where id = c for share;
  if rules is not null then
    raise exception 'the rules of cycle % are frozen', c using errcode = 'restrict_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
--> statement-breakpoint

-- Once voting has opened its close may be extended, never shortened or taken away; a trial may move on at once.
create function close_only_later() returns trigger language plpgsql as $$
begin
  if old.phase = 'counting' and (tg_op = 'DELETE' or new.starts_at < old.starts_at or new.phase <> old.phase)
    and exists (select 1 from cycle where id = old.cycle and frozen_rules is not null and not trial) then
    raise exception 'the close of cycle % may only be extended', old.cycle using errcode = 'restrict_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
--> statement-breakpoint
create trigger close_only_later before update or delete on phase_start for each row execute function close_only_later();
--> statement-breakpoint

create unique index role_grant_active on role_grant (account, role, coalesce(territory, 0)) where revoked_at is null;
--> statement-breakpoint
create index leaf_closed on leaf (log) where kind = 'closed';
