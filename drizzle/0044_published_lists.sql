ALTER TABLE "result" ADD COLUMN "list" text;--> statement-breakpoint
comment on table result is 'the program may: update (count, ballots, hash, list, state)';
