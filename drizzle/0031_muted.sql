ALTER TABLE "account" ADD COLUMN "muted" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
comment on table account is 'the program may: update (locale, home_cycle, home_territory, reachable, easy, resident_of, told_commands, muted), delete';
