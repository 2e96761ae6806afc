CREATE TABLE "tile" (
	"log" integer NOT NULL,
	"level" smallint NOT NULL,
	"index" bigint NOT NULL,
	"width" smallint NOT NULL,
	"hashes" "bytea" NOT NULL,
	CONSTRAINT "tile_log_level_index_pk" PRIMARY KEY("log","level","index"),
	CONSTRAINT "tile_whole" CHECK (octet_length("tile"."hashes") = 32 * "tile"."width" and "tile"."width" between 1 and 256)
);
--> statement-breakpoint
ALTER TABLE "ballot" ADD COLUMN "bond" "bytea" NOT NULL;--> statement-breakpoint
ALTER TABLE "ballot" ADD COLUMN "signed_at" timestamp with time zone NOT NULL;--> statement-breakpoint
ALTER TABLE "ballot" ADD COLUMN "signature" "bytea" NOT NULL;--> statement-breakpoint
ALTER TABLE "leaf" ADD COLUMN "mac" "bytea" NOT NULL;--> statement-breakpoint
CREATE INDEX "ballot_number" ON "ballot" USING btree ("receipt");--> statement-breakpoint

drop function cast_ballot(uuid, bigint, int, int, text, bytea, bytea, bytea, text);
--> statement-breakpoint
-- Casts a sealed ballot: lock the roll row, answer a repeat with its receipt, then way, fence, version, leaf. One round trip.
-- Without a box (the marks are gone) it only answers what is recorded.
-- The bond was made for one right, and the receipt signed before the call: both hold for this ballot or it is not cast.
-- outcome: cast | repeat | not-yours | marks-gone | desk | paper | closed | voted | skew (at: this clock) | clash
create function cast_ballot(p_ballot uuid, p_account bigint, p_cycle int, p_territory int, p_channel text, p_box bytea, p_body bytea, p_hash bytea, p_receipt text,
  p_right int, p_mac bytea, p_bond bytea, p_signed_at timestamptz, p_signature bytea)
returns table (outcome text, receipt text, at timestamptz, cycle int, roll_row int) language plpgsql as $$
declare o opened_ballot; r roll_row; b ballot; opens timestamptz; closes timestamptz; phase_now text; once boolean; s_last int; l bigint; t timestamptz;
begin
  select * into o from opened_ballot x where x.id = p_ballot and x.account = p_account;
  if not found then return query select 'not-yours', null::text, null::timestamptz, null::int, null::int; return; end if;
  select * into r from roll_row x where x.id = o.roll_row for update;
  if o.cycle <> p_cycle or r.territory <> p_territory or o.roll_row <> p_right then
    return query select 'not-yours', null::text, null::timestamptz, o.cycle, o.roll_row; return;
  end if;
  select * into b from ballot x where x.opened_ballot = p_ballot;
  if found then
    return query select 'repeat', b.receipt, b.signed_at, o.cycle, o.roll_row; return;
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
  -- A promise of a minute is given at its time, or not at all.
  if abs(extract(epoch from t - p_signed_at)) > 60 then
    return query select 'skew', null::text, t, o.cycle, o.roll_row; return;
  end if;
  if exists (select 1 from ballot x where x.cycle = o.cycle and x.receipt = p_receipt) then
    return query select 'clash', null::text, null::timestamptz, o.cycle, o.roll_row; return;
  end if;
  insert into leaf (log, kind, body, hash, mac, at) values (o.cycle, 'ballot', p_body, p_hash, p_mac, t) returning id into l;
  insert into ballot (cycle, roll_row, s, opened_ballot, channel, box, leaf, receipt, bond, signed_at, signature, at)
    values (o.cycle, o.roll_row, s_last + 1, p_ballot, p_channel, p_box, l, p_receipt, p_bond, p_signed_at, p_signature, t);
  return query select 'cast', p_receipt, p_signed_at, o.cycle, o.roll_row;
end $$;
