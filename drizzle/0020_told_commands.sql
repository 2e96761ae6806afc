ALTER TABLE "account" ADD COLUMN "told_commands" text;--> statement-breakpoint
CREATE INDEX "account_told" ON "account" USING btree ("id") WHERE "account"."told_commands" is not null;--> statement-breakpoint
comment on table account is 'the program may: update (locale, home_cycle, home_territory, reachable, easy, told_commands), delete';
