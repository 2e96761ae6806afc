-- The same as before, but every look-up of it is by the keys of its table: whether a receipt number was given before was answered by
-- reading the receipts of all ballots, in every batch anew.
--
-- Casts sealed ballots, the nth of each list being one: lock the roll row, answer a repeat with its receipt, then way, fence, version,
-- leaf. One round trip and one commit for all. Without a box (the marks are gone) it only answers what is recorded.
-- A ballot by the channel 'assisted' is one that its facilitator opened for the person of the row within the hour; any other is of a claim.
-- The bond was made for one right, and the receipt signed before the call: both hold for this ballot or it is not cast.
-- outcome: cast | repeat | not-yours | marks-gone | desk | paper | halted | closed | voted | skew (at: this clock) | clash | busy
--
-- Nobody is held up by another, and two programs cannot deadlock: unless p_wait, this waits for no lock. A roll row that somebody
-- holds, a cycle that is being closed or is about to be, and the second cast of one row are told 'busy', and cast alone with p_wait.
-- Alone, one row is locked and then one cycle, as ever. What is inserted meets nobody: the keys of a ballot hang on its locked row,
-- hashes and receipt numbers are drawn (a clash fails the call, and then each is cast alone), and the foreign keys hold the locked
-- row, the new leaf, and the opened ballot, which nobody deletes and whose key nobody changes.
create or replace function cast_ballots(p_wait boolean, p_channel text, p_ballots uuid[], p_accounts bigint[], p_cycles int[], p_territories int[],
  p_rights int[], p_boxes bytea[], p_bodies bytea[], p_hashes bytea[], p_receipts text[], p_macs bytea[], p_bonds bytea[],
  p_signed_at timestamptz[], p_signatures bytea[])
returns table (n bigint, outcome text, receipt text, at timestamptz, cycle int, roll_row int, person json, shown boolean)
language plpgsql as $$
#variable_conflict use_column
declare locked int[]; fenced int[] := '{}'; c int; t timestamptz;
begin
  if p_wait then
    select coalesce(array_agg(x.id), '{}') into locked from (
      select r.id from roll_row r where r.id in (
        select o.roll_row from unnest(p_ballots, p_accounts) p(ballot, account) join opened_ballot o on o.id = p.ballot and o.account = p.account)
      order by r.id for update) x;
  else
    select coalesce(array_agg(x.id), '{}') into locked from (
      select r.id from roll_row r where r.id in (
        select o.roll_row from unnest(p_ballots, p_accounts) p(ballot, account) join opened_ballot o on o.id = p.ballot and o.account = p.account)
      order by r.id for update skip locked) x;
  end if;
  for c in select distinct x from unnest(p_cycles) x order by x loop
    if p_wait then
      perform pg_advisory_xact_lock_shared(7, c);
    elsif not pg_try_advisory_xact_lock_shared(7, c) then
      continue;
    end if;
    fenced := fenced || c;
  end loop;
  t := clock_timestamp();
  return query
  with asked as (
    select * from unnest(p_ballots, p_accounts, p_cycles, p_territories, p_rights, p_boxes, p_bodies, p_hashes, p_receipts, p_macs, p_bonds,
      p_signed_at, p_signatures)
    with ordinality x(ballot, account, cycle, territory, roll_row, box, body, hash, receipt, mac, bond, signed_at, signature, n)),
  decided as materialized (
    select i.*, o.cycle as own_cycle, o.roll_row as own_row, o.shown_at is not null as shown, coalesce(last.s, 0) as s_last,
      b.receipt as old_receipt, b.signed_at as old_at, z.starts_at as closes,
      case when h.account is not null then json_build_object('serial', h.serial, 'label', h.label) end as person,
      case
        when o.id is null then 'not-yours'
        when o.roll_row <> all (locked) then 'busy'
        when o.cycle <> i.cycle or r.territory <> i.territory or o.roll_row <> i.roll_row then 'not-yours'
        when b.opened_ballot is not null then 'repeat'
        when p_channel = 'assisted' and help.ballot is null then 'not-yours'
        when p_channel <> 'assisted' and h.account is null then 'not-yours'
        when r.way <> 'open' then r.way
        when o.cycle <> all (fenced) then 'busy'
        when exists (select 1 from halt x where x.cycle = o.cycle and x.until is null) then 'halted'
        when k.phase <> 'voting' or t < a.starts_at or t >= z.starts_at then 'closed'
        when k.revote = 'none' and last.s > 0 then 'voted'
        when i.box is null then 'marks-gone'
        -- A promise of a minute is given at its time, or not at all.
        when abs(extract(epoch from t - i.signed_at)) > 60 then 'skew'
        when same.receipt is not null then 'clash'
        when row_number() over (partition by o.roll_row order by i.n) > 1 then 'busy'
        else 'cast' end as outcome
    from asked i
    left join opened_ballot o on o.id = i.ballot and o.account = i.account
    left join roll_row r on r.id = o.roll_row
    left join ballot b on b.opened_ballot = o.id
    left join claim h on h.cycle = o.cycle and h.roll_row = o.roll_row and h.account = i.account
    left join cycle k on k.id = o.cycle
    left join phase_start a on a.cycle = o.cycle and a.phase = 'voting'
    left join phase_start z on z.cycle = o.cycle and z.phase = 'counting'
    left join lateral (
      select x.s from ballot x where x.cycle = o.cycle and x.roll_row = o.roll_row order by x.s desc limit 1) last on true
    left join lateral (
      select x.receipt from ballot x where x.cycle = o.cycle and x.receipt = i.receipt limit 1) same on true
    left join lateral (
      select x.ballot from assist x where p_channel = 'assisted' and x.ballot = o.id and x.account = i.account
        and x.ended_at is null and x.at > t - interval '1 hour' limit 1) help on true),
  logged as (
    insert into leaf (log, kind, body, hash, mac, at)
    select d.own_cycle, 'ballot', d.body, d.hash, d.mac, t from decided d where d.outcome = 'cast' order by d.n
    returning leaf.id, leaf.log, leaf.hash),
  appended as (
    insert into ballot (cycle, roll_row, s, opened_ballot, channel, box, leaf, receipt, bond, signed_at, signature, at)
    select d.own_cycle, d.own_row, d.s_last + 1, d.ballot, p_channel, d.box, l.id, d.receipt, d.bond, d.signed_at, d.signature, t
    from decided d join logged l on l.log = d.own_cycle and l.hash = d.hash where d.outcome = 'cast')
  select d.n, d.outcome, case d.outcome when 'cast' then d.receipt when 'repeat' then d.old_receipt end,
    case d.outcome when 'cast' then d.signed_at when 'repeat' then d.old_at when 'closed' then d.closes when 'skew' then t end,
    d.own_cycle, d.own_row, d.person, coalesce(d.shown, false) from decided d;
end $$;
--> statement-breakpoint
-- One plan for every batch, by the keys of each table: planned anew, a batch would cost as much to plan as to cast, and plans
-- made while the tables were small read them whole.
alter function cast_ballots set plan_cache_mode = force_generic_plan;
--> statement-breakpoint
alter function cast_ballots set enable_hashjoin = off;
--> statement-breakpoint
alter function cast_ballots set enable_mergejoin = off;
--> statement-breakpoint
alter function cast_ballots set enable_seqscan = off;
