ALTER TABLE "card" ALTER COLUMN "code_hash" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "ballot" ALTER COLUMN "box" DROP NOT NULL;
--> statement-breakpoint

-- A vote is forgotten once its log says so and its days for disputes are over, by the database's clock.
create function may_forget(c int) returns boolean language sql stable as $$
  select exists (select 1 from leaf l where l.log = c and l.kind = 'forgotten')
    and exists (select 1 from cycle y where y.id = c and phase_order(y.phase) >= phase_order('results')
      and (select max(p.at) from leaf p where p.log = c and p.kind = 'published')
        + make_interval(days => coalesce((y.trust_terms ->> 'dispute')::int, 30)) <= clock_timestamp())
$$;
--> statement-breakpoint

-- A ballot stays as it was cast; its box goes when the vote is forgotten, and nothing else of it.
create function ballot_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.box is null and to_jsonb(new) - 'box' = to_jsonb(old) - 'box' and may_forget(old.cycle) then
    return new;
  end if;
  raise exception 'ballot is append-only' using errcode = 'restrict_violation';
end $$;
--> statement-breakpoint
drop trigger ballot_append_only on ballot;
--> statement-breakpoint
create trigger ballot_kept before update or delete on ballot for each row execute function ballot_kept();
--> statement-breakpoint

-- As before, and the hash of a card's code goes when the vote is forgotten.
create or replace function roll_closed() returns trigger language plpgsql as $$
declare c int := case when tg_op = 'INSERT' then new.cycle else old.cycle end;
begin
  if tg_op = 'UPDATE' and new.cycle <> old.cycle then
    raise exception 'a % stays in its cycle', tg_table_name using errcode = 'restrict_violation';
  end if;
  if (select phase_order(phase) >= phase_order('counting') from cycle where id = c) then
    if tg_op = 'UPDATE' and tg_table_name = 'card' and to_jsonb(new) ->> 'state' in ('returned', 'destroyed')
      and to_jsonb(new) - 'state' = to_jsonb(old) - 'state' then
      return new;
    end if;
    if tg_op = 'UPDATE' and tg_table_name = 'card' and to_jsonb(new) ->> 'code_hash' is null
      and to_jsonb(new) - 'code_hash' = to_jsonb(old) - 'code_hash' and may_forget(c) then
      return new;
    end if;
    raise exception 'the roll of cycle % is closed', c using errcode = 'restrict_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
--> statement-breakpoint

-- The one way to forget: the program may call it and may change none of these rows itself.
create function forget_cycle(c int) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not may_forget(c) then
    raise exception 'cycle % is not to be forgotten yet', c using errcode = 'restrict_violation';
  end if;
  update ballot set box = null where cycle = c and box is not null;
  update card set code_hash = null where cycle = c and code_hash is not null;
  delete from claim where cycle = c;
  update opened_ballot set account = null where cycle = c and account is not null;
end $$;
