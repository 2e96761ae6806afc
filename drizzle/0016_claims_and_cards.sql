-- A claim and a change of cards count only with their leaves: what joins the rows to them.
CREATE TABLE "card_act" (
	"leaf" bigint NOT NULL,
	"serial" integer NOT NULL,
	CONSTRAINT "card_act_leaf_serial_pk" PRIMARY KEY("leaf","serial")
);
--> statement-breakpoint
ALTER TABLE "card" ADD COLUMN "bond" "bytea" NOT NULL;--> statement-breakpoint
ALTER TABLE "claim" ADD COLUMN "nonce" "bytea";--> statement-breakpoint
ALTER TABLE "card_act" ADD CONSTRAINT "card_act_leaf_leaf_id_fk" FOREIGN KEY ("leaf") REFERENCES "public"."leaf"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim" ADD CONSTRAINT "claim_nonce" CHECK (("claim"."account" is null) = ("claim"."nonce" is null) and coalesce(octet_length("claim"."nonce"), 32) = 32);
--> statement-breakpoint
comment on table claim is 'the program may: update (account, nonce, label), delete';
--> statement-breakpoint
create trigger card_act_append_only before update or delete on card_act for each row execute function append_only();
--> statement-breakpoint
create trigger card_act_no_truncate before truncate on card_act execute function append_only();
--> statement-breakpoint

drop function claim_card(int, bigint, bytea, boolean);
--> statement-breakpoint
-- Looks a card up by its hash and claims its roll row under a nonce; without one it only looks. Every look-up that finds nothing
-- counts as an attempt. What was claimed, where and when stands in the answer: the caller writes its leaf in the same transaction.
-- outcome: claimed | yours | found (without a nonce) | wrong | not-handed-over | too-many-people | wait
create function claim_card(p_cycle int, p_account bigint, p_hash bytea, p_nonce bytea)
returns table (outcome text, roll_row int, territory int, serial int, wait int, slug text, at timestamptz) language plpgsql as $$
declare k card; holder claim; w int; people int; t timestamptz;
begin
  perform pg_advisory_xact_lock(8, hashint8(p_account));
  w := attempt_wait(p_cycle, p_account);
  if w > 0 then return query select 'wait', null::int, null::int, null::int, w, null::text, null::timestamptz; return; end if;
  -- Held, so that a card that is killed in this moment claims nothing.
  select * into k from card where card.cycle = p_cycle and card.code_hash = p_hash for share;
  if not found or k.state not in ('printed', 'handed_over') then
    insert into attempt (cycle, account) values (p_cycle, p_account);
    return query select 'wrong', null::int, null::int, null::int, 0, null::text, null::timestamptz; return;
  end if;
  if k.state = 'printed' then
    insert into attempt (cycle, account) values (p_cycle, p_account);
    return query select 'not-handed-over', null::int, k.territory, k.serial, 0, null::text, null::timestamptz; return;
  end if;
  perform 1 from roll_row r where r.id = k.roll_row for update;
  select * into holder from claim c where c.cycle = p_cycle and c.roll_row = k.roll_row;
  if found and holder.account = p_account then
    return query select 'yours', k.roll_row, k.territory, k.serial, 0, null::text, null::timestamptz; return;
  elsif found then
    insert into attempt (cycle, account) values (p_cycle, p_account);
    return query select 'wrong', null::int, null::int, null::int, 0, null::text, null::timestamptz; return;
  end if;
  select count(*) into people from claim c where c.cycle = p_cycle and c.account = p_account;
  if people >= (select max_people from cycle where id = p_cycle) then
    return query select 'too-many-people', null::int, k.territory, k.serial, 0, null::text, null::timestamptz; return;
  end if;
  if p_nonce is null then return query select 'found', k.roll_row, k.territory, k.serial, 0, null::text, null::timestamptz; return; end if;
  insert into claim (cycle, roll_row, account, nonce, method, serial) values (p_cycle, k.roll_row, p_account, p_nonce, 'card', k.serial)
    returning claim.at into t;
  return query select 'claimed', k.roll_row, k.territory, k.serial, 0, (select c.slug from cycle c where c.id = p_cycle), t;
end $$;
--> statement-breakpoint

drop function claim_contact(int, bigint, bytea);
--> statement-breakpoint
-- The same for a shared contact: exactly one row of the roll may carry this number.
-- outcome: claimed | yours | wrong | two-rows | too-many-people | wait
create function claim_contact(p_cycle int, p_account bigint, p_mac bytea, p_nonce bytea)
returns table (outcome text, roll_row int, territory int, serial int, wait int, slug text, at timestamptz) language plpgsql as $$
declare r roll_row; holder claim; w int; n int; t timestamptz;
begin
  perform pg_advisory_xact_lock(8, hashint8(p_account));
  w := attempt_wait(p_cycle, p_account);
  if w > 0 then return query select 'wait', null::int, null::int, null::int, w, null::text, null::timestamptz; return; end if;
  select count(*) into n from roll_row x where x.cycle = p_cycle and x.contact_mac = p_mac;
  if n > 1 then return query select 'two-rows', null::int, null::int, null::int, 0, null::text, null::timestamptz; return; end if;
  select * into r from roll_row x where x.cycle = p_cycle and x.contact_mac = p_mac for update;
  if not found then
    insert into attempt (cycle, account) values (p_cycle, p_account);
    return query select 'wrong', null::int, null::int, null::int, 0, null::text, null::timestamptz; return;
  end if;
  select * into holder from claim c where c.cycle = p_cycle and c.roll_row = r.id;
  if found and holder.account = p_account then
    return query select 'yours', r.id, r.territory, null::int, 0, null::text, null::timestamptz; return;
  elsif found then
    insert into attempt (cycle, account) values (p_cycle, p_account);
    return query select 'wrong', null::int, null::int, null::int, 0, null::text, null::timestamptz; return;
  end if;
  if exists (select 1 from claim c where c.cycle = p_cycle and c.account = p_account) then
    return query select 'too-many-people', null::int, r.territory, null::int, 0, null::text, null::timestamptz; return;
  end if;
  insert into claim (cycle, roll_row, account, nonce, method) values (p_cycle, r.id, p_account, p_nonce, 'contact')
    returning claim.at into t;
  return query select 'claimed', r.id, r.territory, null::int, 0, (select c.slug from cycle c where c.id = p_cycle), t;
end $$;
