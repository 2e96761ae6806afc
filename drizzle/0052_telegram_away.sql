CREATE TABLE "telegram_away" (
	"cycle" integer NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"until_at" timestamp with time zone NOT NULL,
	"closes_at" timestamp with time zone,
	CONSTRAINT "telegram_away_cycle_from_at_pk" PRIMARY KEY("cycle","from_at"),
	CONSTRAINT "telegram_away_until" CHECK ("telegram_away"."until_at" > "telegram_away"."from_at")
);
--> statement-breakpoint
CREATE TABLE "telegram_watch" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"failing_since" timestamp with time zone,
	"failed_at" timestamp with time zone,
	CONSTRAINT "telegram_watch_one" CHECK ("telegram_watch"."one")
);
--> statement-breakpoint
ALTER TABLE "cycle" ADD COLUMN "trust_terms" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "telegram_away" ADD CONSTRAINT "telegram_away_cycle_cycle_id_fk" FOREIGN KEY ("cycle") REFERENCES "public"."cycle"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "telegram_away_moves" ON "telegram_away" USING btree ("cycle") WHERE "telegram_away"."closes_at" is not null;
--> statement-breakpoint
comment on table telegram_watch is 'the program may: update (failing_since, failed_at)';
--> statement-breakpoint
insert into telegram_watch default values;
--> statement-breakpoint
create trigger telegram_away_append_only before update or delete on telegram_away for each row execute function append_only();
--> statement-breakpoint
create trigger telegram_away_no_truncate before truncate on telegram_away execute function append_only();
