CREATE TABLE "cycle_draft" (
	"account" bigint PRIMARY KEY NOT NULL,
	"file" jsonb NOT NULL
);
--> statement-breakpoint
comment on table cycle_draft is 'the program may: update (file), delete';
