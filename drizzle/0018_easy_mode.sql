ALTER TABLE "account" ADD COLUMN "easy" boolean DEFAULT false NOT NULL;--> statement-breakpoint
comment on table account is 'the program may: update (locale, home_cycle, home_territory, reachable, easy), delete';
