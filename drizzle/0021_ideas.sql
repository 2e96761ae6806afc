CREATE TABLE "idea" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "idea_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"cycle" integer NOT NULL,
	"territory" integer NOT NULL,
	"number" integer,
	"author" bigint,
	"locale" text NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"category" text,
	"title" text,
	"body" text,
	"landmark" text,
	"lat" double precision,
	"lon" double precision,
	"rough_cost" bigint,
	"titles" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"texts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"cost" bigint,
	"on_list" boolean,
	"reason" text,
	"note" text,
	"merged_into" integer,
	"claimed_by" bigint,
	"claimed_until" timestamp with time zone,
	"decided_by" bigint,
	"appealed_from" bigint,
	"appealed" boolean DEFAULT false NOT NULL,
	"flags" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"sent_at" timestamp with time zone,
	"due_at" timestamp with time zone,
	"changed_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "idea_number" UNIQUE("cycle","number"),
	CONSTRAINT "idea_numbered" CHECK ("idea"."number" is not null or "idea"."state" in ('draft', 'withdrawn')),
	CONSTRAINT "idea_state" CHECK ("idea"."state" in ('draft', 'sent', 'returned', 'rejected', 'merged', 'approved', 'unfeasible', 'feasible', 'withdrawn')),
	CONSTRAINT "idea_costed" CHECK ("idea"."state" <> 'feasible' or "idea"."cost" > 0),
	CONSTRAINT "idea_merged" CHECK (("idea"."state" = 'merged') = ("idea"."merged_into" is not null))
);
--> statement-breakpoint
CREATE TABLE "idea_media" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "idea_media_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"idea" integer NOT NULL,
	"kind" text NOT NULL,
	"message" integer NOT NULL,
	"file_id" text NOT NULL,
	"unique_id" text NOT NULL,
	"bytes" integer,
	"seconds" smallint,
	"copy" text,
	CONSTRAINT "idea_media_file" UNIQUE("idea","unique_id"),
	CONSTRAINT "idea_media_kind" CHECK ("idea_media"."kind" in ('photo', 'voice'))
);
--> statement-breakpoint
CREATE TABLE "idea_support" (
	"idea" integer NOT NULL,
	"account" bigint NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idea_support_idea_account_pk" PRIMARY KEY("idea","account")
);
--> statement-breakpoint
ALTER TABLE "cycle" ADD COLUMN "idea_terms" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "idea" ADD CONSTRAINT "idea_author_account_id_fk" FOREIGN KEY ("author") REFERENCES "public"."account"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idea" ADD CONSTRAINT "idea_cycle_territory_cycle_territory_cycle_territory_fk" FOREIGN KEY ("cycle","territory") REFERENCES "public"."cycle_territory"("cycle","territory") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idea" ADD CONSTRAINT "idea_merged_into_idea_id_fk" FOREIGN KEY ("merged_into") REFERENCES "public"."idea"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idea_media" ADD CONSTRAINT "idea_media_idea_idea_id_fk" FOREIGN KEY ("idea") REFERENCES "public"."idea"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idea_support" ADD CONSTRAINT "idea_support_idea_idea_id_fk" FOREIGN KEY ("idea") REFERENCES "public"."idea"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idea_support" ADD CONSTRAINT "idea_support_account_account_id_fk" FOREIGN KEY ("account") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "idea_draft" ON "idea" USING btree ("author","cycle") WHERE "idea"."state" = 'draft';--> statement-breakpoint
CREATE INDEX "idea_place" ON "idea" USING btree ("cycle","territory","state");--> statement-breakpoint
CREATE INDEX "idea_support_account" ON "idea_support" USING btree ("account");--> statement-breakpoint

comment on table idea is 'the program may: update (author, locale, territory, state, version, category, title, body, landmark, lat, lon, rough_cost, titles, texts, cost, on_list, reason, note, merged_into, number, claimed_by, claimed_until, decided_by, appealed_from, appealed, flags, sent_at, due_at, changed_at), delete';
--> statement-breakpoint
comment on table idea_media is 'the program may: update (copy), delete';
--> statement-breakpoint
comment on table idea_support is 'the program may: delete';
--> statement-breakpoint

-- A number that was given stays, and so do the cycle and the author, who may only be forgotten.
create function idea_kept() returns trigger language plpgsql as $$
begin
  if new.id = old.id and new.cycle = old.cycle and (old.number is null or new.number = old.number)
    and (new.author is not distinct from old.author or new.author is null) then
    return new;
  end if;
  raise exception 'idea % keeps its cycle, its number and its author', old.id using errcode = 'restrict_violation';
end $$;
--> statement-breakpoint
create trigger idea_kept before update on idea for each row execute function idea_kept();
