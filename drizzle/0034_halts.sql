-- A vote that stands still: suspended until it is resumed, or void. Nobody votes meanwhile.
CREATE TABLE "halt" (
	"cycle" integer NOT NULL,
	"n" smallint NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"reason" jsonb NOT NULL,
	"until" timestamp with time zone,
	CONSTRAINT "halt_cycle_n_pk" PRIMARY KEY("cycle","n"),
	CONSTRAINT "halt_kind" CHECK ("halt"."kind" in ('suspended', 'void')),
	CONSTRAINT "halt_until" CHECK ("halt"."until" is null or ("halt"."until" >= "halt"."at" and "halt"."kind" = 'suspended'))
);
--> statement-breakpoint
ALTER TABLE "halt" ADD CONSTRAINT "halt_cycle_cycle_id_fk" FOREIGN KEY ("cycle") REFERENCES "public"."cycle"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "halt_open" ON "halt" USING btree ("cycle") WHERE "halt"."until" is null;
--> statement-breakpoint
comment on table halt is 'the program may: update (until)';
--> statement-breakpoint

-- What was said of a halt stays; it ends once, and a void one never.
create function halt_kept() returns trigger language plpgsql as $$
begin
  if old.until is null and (new.cycle, new.n, new.kind, new.at, new.reason) = (old.cycle, old.n, old.kind, old.at, old.reason) then
    return new;
  end if;
  raise exception 'a halt of cycle % stays as it is', old.cycle using errcode = 'restrict_violation';
end $$;
--> statement-breakpoint
create trigger halt_kept before update on halt for each row execute function halt_kept();
--> statement-breakpoint

-- outcome: halted, besides those of before: the lock is held, so that a halt stands behind every ballot before it.
create or replace function cast_ballot(p_ballot uuid, p_account bigint, p_cycle int, p_territory int, p_channel text, p_box bytea, p_body bytea, p_hash bytea, p_receipt text,
  p_right int, p_mac bytea, p_bond bytea, p_signed_at timestamptz, p_signature bytea)
returns table (outcome text, receipt text, at timestamptz, cycle int, roll_row int) language plpgsql as $$
declare o opened_ballot; r roll_row; b ballot; opens timestamptz; closes timestamptz; phase_now text; once boolean; halted boolean; s_last int; l bigint; t timestamptz;
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
  select c.phase, c.revote = 'none', a.starts_at, z.starts_at, exists (select 1 from halt h where h.cycle = c.id and h.until is null)
    into phase_now, once, opens, closes, halted from cycle c left join phase_start a on a.cycle = c.id and a.phase = 'voting'
    left join phase_start z on z.cycle = c.id and z.phase = 'counting' where c.id = o.cycle;
  if halted then
    return query select 'halted', null::text, null::timestamptz, o.cycle, o.roll_row; return;
  end if;
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
