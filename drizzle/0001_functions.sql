-- The acts that one call must decide: claiming a right, casting a ballot. And what may never be changed.
-- The cycle's advisory lock: a cast holds (7, cycle) shared, the close takes it exclusively, so nothing is in flight at the close.

create function append_only() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
--> statement-breakpoint
create trigger leaf_append_only before update or delete on leaf for each row execute function append_only();
--> statement-breakpoint
create trigger leaf_no_truncate before truncate on leaf execute function append_only();
--> statement-breakpoint
create trigger entry_append_only before update or delete on entry for each row execute function append_only();
--> statement-breakpoint
create trigger entry_no_truncate before truncate on entry execute function append_only();
--> statement-breakpoint
create trigger ballot_append_only before update or delete on ballot for each row execute function append_only();
--> statement-breakpoint
create trigger ballot_no_truncate before truncate on ballot execute function append_only();
--> statement-breakpoint

-- What was frozen when voting opened stays: projects, costs, budgets, ballot type, rule, key, seed.
create function frozen() returns trigger language plpgsql as $$
declare c int := case when tg_op = 'DELETE' then old.cycle else new.cycle end;
begin
  if exists (select 1 from cycle where id = c and frozen_rules is not null) then
    raise exception 'the rules of cycle % are frozen', c using errcode = 'restrict_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
--> statement-breakpoint
create trigger project_frozen before insert or delete or update of id, territory, number, cost, withdrawn on project
  for each row execute function frozen();
--> statement-breakpoint
create trigger budget_frozen before insert or delete or update of budget, territory on cycle_territory
  for each row execute function frozen();
--> statement-breakpoint
create trigger project_no_truncate before truncate on project execute function append_only();
--> statement-breakpoint
create trigger budget_no_truncate before truncate on cycle_territory execute function append_only();
--> statement-breakpoint
create function cycle_frozen() returns trigger language plpgsql as $$
begin
  if old.frozen_rules is not null and (old.ballot_terms, old.rule_terms, old.public_key, old.seed_commitment, old.frozen_rules,
      old.method, old.revote, old.box_size, old.profile, old.trial, old.slug, old.currency, old.max_people)
    is distinct from (new.ballot_terms, new.rule_terms, new.public_key, new.seed_commitment, new.frozen_rules,
      new.method, new.revote, new.box_size, new.profile, new.trial, new.slug, new.currency, new.max_people) then
    raise exception 'the rules of cycle % are frozen', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger cycle_frozen before update on cycle for each row execute function cycle_frozen();
--> statement-breakpoint

-- Seconds an account must wait before its next look-up: 5 wrong a day are free, then 2^n minutes. While a cycle sees more than
-- max(20, 1 % of its cards) wrong look-ups an hour, every account with a wrong one waits from its first.
create function attempt_wait(p_cycle int, p_account bigint) returns int language plpgsql stable as $$
declare wrong int; last_at timestamptz; free int := 5;
begin
  select count(*), max(at) into wrong, last_at from attempt
    where account = p_account and at > clock_timestamp() - interval '1 day';
  if wrong = 0 then return 0; end if;
  if wrong < free and (select count(*) from attempt where cycle = p_cycle and at > clock_timestamp() - interval '1 hour')
      > greatest(20, (select count(*) / 100 from card where cycle = p_cycle)) then
    free := 1;
  end if;
  if wrong < free then return 0; end if;
  return greatest(0, ceil(extract(epoch from
    last_at + make_interval(mins => (2 ^ least(wrong - free + 1, 11))::int) - clock_timestamp())))::int;
end $$;
--> statement-breakpoint

-- Looks a card up by its hash and, unless p_peek, claims its roll row. Every look-up that finds nothing counts as an attempt.
-- outcome: claimed | yours | found (peek) | wrong | not-handed-over | too-many-people | wait
create function claim_card(p_cycle int, p_account bigint, p_hash bytea, p_peek boolean)
returns table (outcome text, roll_row int, territory int, serial int, wait int) language plpgsql as $$
declare k card; holder claim; w int; people int;
begin
  perform pg_advisory_xact_lock(8, hashint8(p_account));
  w := attempt_wait(p_cycle, p_account);
  if w > 0 then return query select 'wait', null::int, null::int, null::int, w; return; end if;
  select * into k from card where card.cycle = p_cycle and card.code_hash = p_hash;
  if not found or k.state not in ('printed', 'handed_over') then
    insert into attempt (cycle, account) values (p_cycle, p_account);
    return query select 'wrong', null::int, null::int, null::int, 0; return;
  end if;
  if k.state = 'printed' then
    insert into attempt (cycle, account) values (p_cycle, p_account);
    return query select 'not-handed-over', null::int, k.territory, k.serial, 0; return;
  end if;
  perform 1 from roll_row r where r.id = k.roll_row for update;
  select * into holder from claim c where c.cycle = p_cycle and c.roll_row = k.roll_row;
  if found and holder.account = p_account then
    return query select 'yours', k.roll_row, k.territory, k.serial, 0; return;
  elsif found then
    insert into attempt (cycle, account) values (p_cycle, p_account);
    return query select 'wrong', null::int, null::int, null::int, 0; return;
  end if;
  select count(*) into people from claim c where c.cycle = p_cycle and c.account = p_account;
  if people >= (select max_people from cycle where id = p_cycle) then
    return query select 'too-many-people', null::int, k.territory, k.serial, 0; return;
  end if;
  if p_peek then return query select 'found', k.roll_row, k.territory, k.serial, 0; return; end if;
  insert into claim (cycle, roll_row, account, method, serial) values (p_cycle, k.roll_row, p_account, 'card', k.serial);
  return query select 'claimed', k.roll_row, k.territory, k.serial, 0;
end $$;
--> statement-breakpoint

-- The same for a shared contact: exactly one row of the roll may carry this number.
-- outcome: claimed | yours | wrong | two-rows | too-many-people | wait
create function claim_contact(p_cycle int, p_account bigint, p_mac bytea)
returns table (outcome text, roll_row int, territory int, serial int, wait int) language plpgsql as $$
declare r roll_row; holder claim; w int; n int;
begin
  perform pg_advisory_xact_lock(8, hashint8(p_account));
  w := attempt_wait(p_cycle, p_account);
  if w > 0 then return query select 'wait', null::int, null::int, null::int, w; return; end if;
  select count(*) into n from roll_row x where x.cycle = p_cycle and x.contact_mac = p_mac;
  if n > 1 then return query select 'two-rows', null::int, null::int, null::int, 0; return; end if;
  select * into r from roll_row x where x.cycle = p_cycle and x.contact_mac = p_mac for update;
  if not found then
    insert into attempt (cycle, account) values (p_cycle, p_account);
    return query select 'wrong', null::int, null::int, null::int, 0; return;
  end if;
  select * into holder from claim c where c.cycle = p_cycle and c.roll_row = r.id;
  if found and holder.account = p_account then
    return query select 'yours', r.id, r.territory, null::int, 0; return;
  elsif found then
    insert into attempt (cycle, account) values (p_cycle, p_account);
    return query select 'wrong', null::int, null::int, null::int, 0; return;
  end if;
  if exists (select 1 from claim c where c.cycle = p_cycle and c.account = p_account) then
    return query select 'too-many-people', null::int, r.territory, null::int, 0; return;
  end if;
  insert into claim (cycle, roll_row, account, method) values (p_cycle, r.id, p_account, 'contact');
  return query select 'claimed', r.id, r.territory, null::int, 0;
end $$;
--> statement-breakpoint

-- Casts a sealed ballot: lock the roll row, answer a repeat with its receipt, then way, fence, version, leaf. One round trip.
-- Without a box (the marks are gone) it only answers what is recorded.
-- outcome: cast | repeat | not-yours | marks-gone | desk | paper | closed | voted | clash
create function cast_ballot(p_ballot uuid, p_account bigint, p_cycle int, p_territory int, p_channel text, p_box bytea, p_body bytea, p_hash bytea, p_receipt text)
returns table (outcome text, leaf_hash bytea, receipt text, at timestamptz, cycle int, roll_row int) language plpgsql as $$
declare o opened_ballot; r roll_row; b ballot; opens timestamptz; closes timestamptz; phase_now text; once boolean; s_last int; l bigint; t timestamptz;
begin
  select * into o from opened_ballot x where x.id = p_ballot and x.account = p_account;
  if not found then return query select 'not-yours', null::bytea, null::text, null::timestamptz, null::int, null::int; return; end if;
  select * into r from roll_row x where x.id = o.roll_row for update;
  if o.cycle <> p_cycle or r.territory <> p_territory then
    return query select 'not-yours', null::bytea, null::text, null::timestamptz, o.cycle, o.roll_row; return;
  end if;
  select * into b from ballot x where x.opened_ballot = p_ballot;
  if found then
    return query select 'repeat', (select x.hash from leaf x where x.id = b.leaf), b.receipt, b.at, o.cycle, o.roll_row; return;
  end if;
  if not exists (select 1 from claim x where x.cycle = o.cycle and x.roll_row = o.roll_row and x.account = p_account) then
    return query select 'not-yours', null::bytea, null::text, null::timestamptz, o.cycle, o.roll_row; return;
  end if;
  if r.way <> 'open' then
    return query select r.way, null::bytea, null::text, null::timestamptz, o.cycle, o.roll_row; return;
  end if;
  perform pg_advisory_xact_lock_shared(7, o.cycle);
  select c.phase, c.revote = 'none', a.starts_at, z.starts_at into phase_now, once, opens, closes
    from cycle c left join phase_start a on a.cycle = c.id and a.phase = 'voting'
    left join phase_start z on z.cycle = c.id and z.phase = 'counting' where c.id = o.cycle;
  t := clock_timestamp();
  if phase_now <> 'voting' or t < opens or t >= closes then
    return query select 'closed', null::bytea, null::text, closes, o.cycle, o.roll_row; return;
  end if;
  select coalesce(max(x.s), 0) into s_last from ballot x where x.cycle = o.cycle and x.roll_row = o.roll_row;
  if once and s_last > 0 then
    return query select 'voted', null::bytea, null::text, null::timestamptz, o.cycle, o.roll_row; return;
  end if;
  if p_box is null then
    return query select 'marks-gone', null::bytea, null::text, null::timestamptz, o.cycle, o.roll_row; return;
  end if;
  if exists (select 1 from ballot x where x.cycle = o.cycle and x.receipt = p_receipt) then
    return query select 'clash', null::bytea, null::text, null::timestamptz, o.cycle, o.roll_row; return;
  end if;
  insert into leaf (log, kind, body, hash, at) values (o.cycle, 'ballot', p_body, p_hash, t) returning id into l;
  insert into ballot (cycle, roll_row, s, opened_ballot, channel, box, leaf, receipt, at)
    values (o.cycle, o.roll_row, s_last + 1, p_ballot, p_channel, p_box, l, p_receipt, t);
  return query select 'cast', p_hash, p_receipt, t, o.cycle, o.roll_row;
end $$;
