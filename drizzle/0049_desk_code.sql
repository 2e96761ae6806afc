CREATE TABLE "desk_code" (
	"roll_row" integer PRIMARY KEY NOT NULL,
	"cycle" integer NOT NULL,
	"code_mac" "bytea" NOT NULL,
	"used" boolean DEFAULT false NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "desk_code_mac" UNIQUE("cycle","code_mac")
);
--> statement-breakpoint
ALTER TABLE "desk_code" ADD CONSTRAINT "desk_code_roll_row_roll_row_id_fk" FOREIGN KEY ("roll_row") REFERENCES "public"."roll_row"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
comment on table desk_code is 'the program may: update (code_mac, used, at), delete';
--> statement-breakpoint
-- The same as claim_contact for a one-time code that the desk gave within the last ten minutes. It is held, so that of several who
-- type it in one claims; typed in again it is theirs, and for everybody else no code.
-- outcome: claimed | yours | wrong | too-many-people | wait
create function claim_at_desk(p_cycle int, p_account bigint, p_mac bytea, p_nonce bytea)
returns table (outcome text, roll_row int, territory int, serial int, wait int, slug text, at timestamptz) language plpgsql as $$
declare d desk_code; r roll_row; holder claim; w int; known boolean; t timestamptz;
begin
  perform pg_advisory_xact_lock(8, hashint8(p_account));
  w := attempt_wait(p_cycle, p_account);
  if w > 0 then return query select 'wait', null::int, null::int, null::int, w, null::text, null::timestamptz; return; end if;
  select * into d from desk_code x where x.cycle = p_cycle and x.code_mac = p_mac and x.at > clock_timestamp() - interval '10 minutes' for update;
  known := found;
  select * into r from roll_row x where x.id = d.roll_row for update;
  select * into holder from claim c where c.cycle = p_cycle and c.roll_row = r.id;
  if known and holder.account = p_account then
    return query select 'yours', r.id, r.territory, null::int, 0, null::text, null::timestamptz; return;
  elsif not known or d.used or holder.roll_row is not null then
    insert into attempt (cycle, account) values (p_cycle, p_account);
    return query select 'wrong', null::int, null::int, null::int, 0, null::text, null::timestamptz; return;
  end if;
  if exists (select 1 from claim c where c.cycle = p_cycle and c.account = p_account) then
    return query select 'too-many-people', null::int, r.territory, null::int, 0, null::text, null::timestamptz; return;
  end if;
  update desk_code x set used = true where x.roll_row = r.id;
  insert into claim (cycle, roll_row, account, nonce, method) values (p_cycle, r.id, p_account, p_nonce, 'in-person')
    returning claim.at into t;
  return query select 'claimed', r.id, r.territory, null::int, 0, (select c.slug from cycle c where c.id = p_cycle), t;
end $$;
