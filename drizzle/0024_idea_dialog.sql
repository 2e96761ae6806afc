ALTER TABLE "account" ADD COLUMN "resident_of" integer;--> statement-breakpoint
ALTER TABLE "idea" ADD COLUMN "step" text;--> statement-breakpoint
ALTER TABLE "idea_media" ADD COLUMN "copyable" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_resident_of_territory_id_fk" FOREIGN KEY ("resident_of") REFERENCES "public"."territory"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
comment on table account is 'the program may: update (locale, home_cycle, home_territory, reachable, easy, resident_of, told_commands), delete';
--> statement-breakpoint
comment on table idea is 'the program may: update (author, locale, territory, state, version, category, title, body, landmark, lat, lon, rough_cost, step, titles, texts, cost, on_list, reason, note, merged_into, number, claimed_by, claimed_until, decided_by, appealed_from, appealed, flags, sent_at, due_at, changed_at), delete';
--> statement-breakpoint
comment on table idea_media is 'the program may: update (copy, copyable), delete';
