CREATE TABLE "proposal" (
	"id" uuid PRIMARY KEY NOT NULL,
	"act" jsonb NOT NULL,
	"key" text NOT NULL,
	"proposed_by" bigint,
	"state" text DEFAULT 'open' NOT NULL,
	"decided_by" bigint,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	"bond" "bytea" NOT NULL,
	CONSTRAINT "proposal_state" CHECK ("proposal"."state" in ('open', 'done', 'refused', 'expired'))
);
--> statement-breakpoint
CREATE TABLE "staged_roll" (
	"import" integer PRIMARY KEY NOT NULL,
	"body" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "staged_roll" ADD CONSTRAINT "staged_roll_import_roll_import_id_fk" FOREIGN KEY ("import") REFERENCES "public"."roll_import"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "proposal_open" ON "proposal" USING btree ("key") WHERE "proposal"."state" = 'open';--> statement-breakpoint
CREATE INDEX "leaf_act" ON "leaf" USING btree ("log","kind") WHERE "leaf"."kind" <> 'ballot';
--> statement-breakpoint

comment on table proposal is 'the program may: update (state, proposed_by, decided_by, decided_at)';
--> statement-breakpoint
comment on table staged_roll is 'the program may: update (body), delete';
--> statement-breakpoint

-- A proposal is decided once and is what it was otherwise; an account that was erased is forgotten.
create function proposal_kept() returns trigger language plpgsql as $$
begin
  if (new.id, new.act, new.key, new.at, new.until, new.bond) = (old.id, old.act, old.key, old.at, old.until, old.bond)
    and (new.state = old.state and new.decided_at is not distinct from old.decided_at
        and (new.decided_by is not distinct from old.decided_by or new.decided_by is null)
      or old.state = 'open' and (new.state = 'expired') = (new.decided_at is null) and new.state <> 'open')
    and (new.proposed_by is not distinct from old.proposed_by or new.proposed_by is null) then
    return new;
  end if;
  raise exception 'proposal % is only decided, once', old.id using errcode = 'restrict_violation';
end $$;
--> statement-breakpoint
create trigger proposal_kept before update on proposal for each row execute function proposal_kept();
--> statement-breakpoint
create trigger proposal_no_delete before delete on proposal for each row execute function append_only();
--> statement-breakpoint
create trigger proposal_no_truncate before truncate on proposal execute function append_only();
