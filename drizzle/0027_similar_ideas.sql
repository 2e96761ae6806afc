ALTER TABLE "idea" ADD COLUMN "found_by" text[];--> statement-breakpoint
CREATE INDEX "idea_found_by" ON "idea" USING gin ("found_by");--> statement-breakpoint

comment on table idea is 'the program may: update (author, locale, territory, state, version, category, title, body, landmark, lat, lon, rough_cost, step, titles, texts, cost, on_list, reason, note, merged_into, project, number, claimed_by, claimed_until, decided_by, appealed_from, appealed, flags, found_by, sent_at, due_at, changed_at), delete';
