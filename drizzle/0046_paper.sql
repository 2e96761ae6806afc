CREATE TABLE "paper_box" (
	"cycle" integer NOT NULL,
	"territory" integer NOT NULL,
	"ballots" integer NOT NULL,
	"spoiled" integer NOT NULL,
	"returned" integer NOT NULL,
	"marks" integer NOT NULL,
	"box" "bytea" NOT NULL,
	"note" jsonb,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "paper_box_cycle_territory_pk" PRIMARY KEY("cycle","territory"),
	CONSTRAINT "paper_box_numbers" CHECK ("paper_box"."ballots" >= 0 and "paper_box"."spoiled" >= 0 and "paper_box"."returned" >= 0 and "paper_box"."marks" > 0)
);
--> statement-breakpoint
CREATE TABLE "paper_entry" (
	"cycle" integer NOT NULL,
	"territory" integer NOT NULL,
	"account" bigint NOT NULL,
	"papers" jsonb NOT NULL,
	"spoiled" integer NOT NULL,
	"returned" integer NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "paper_entry_cycle_territory_account_pk" PRIMARY KEY("cycle","territory","account"),
	CONSTRAINT "paper_entry_numbers" CHECK ("paper_entry"."spoiled" >= 0 and "paper_entry"."returned" >= 0)
);
--> statement-breakpoint
ALTER TABLE "paper_box" ADD CONSTRAINT "paper_box_cycle_territory_cycle_territory_cycle_territory_fk" FOREIGN KEY ("cycle","territory") REFERENCES "public"."cycle_territory"("cycle","territory") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_entry" ADD CONSTRAINT "paper_entry_cycle_territory_cycle_territory_cycle_territory_fk" FOREIGN KEY ("cycle","territory") REFERENCES "public"."cycle_territory"("cycle","territory") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "paper_entry_account" ON "paper_entry" USING btree ("account");
--> statement-breakpoint
comment on table paper_entry is 'the program may: update (papers, spoiled, returned, at), delete';
--> statement-breakpoint
comment on table paper_box is 'the program may: update (note)';
--> statement-breakpoint
comment on table roll_row is 'the program may: update (contact_mac, way)';
--> statement-breakpoint
-- A box that two people entered stays as it is; one note is written on it, once.
create function paper_box_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.note is not null or to_jsonb(new) - 'note' <> to_jsonb(old) - 'note' then
    raise exception 'a paper box is kept as two people entered it' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger paper_box_kept before update or delete on paper_box for each row execute function paper_box_kept();
--> statement-breakpoint
create trigger paper_box_no_truncate before truncate on paper_box execute function append_only();
--> statement-breakpoint
-- Whoever votes on paper or at the desk goes back to no other way.
create function way_kept() returns trigger language plpgsql as $$
begin
  if old.way <> 'open' and new.way <> old.way then
    raise exception 'the way of roll row % is kept', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger way_kept before update of way on roll_row for each row execute function way_kept();
