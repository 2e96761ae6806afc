ALTER TABLE "idea" DROP CONSTRAINT "idea_state";--> statement-breakpoint
ALTER TABLE "idea" ADD COLUMN "supported_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "idea" ADD CONSTRAINT "idea_state" CHECK ("idea"."state" in ('draft', 'sent', 'returned', 'rejected', 'merged', 'approved', 'unfeasible', 'feasible', 'unsupported', 'withdrawn'));--> statement-breakpoint
comment on table idea is 'the program may: update (author, locale, territory, state, version, category, title, body, landmark, lat, lon, rough_cost, step, titles, texts, cost, on_list, reason, note, merged_into, project, number, claimed_by, claimed_until, decided_by, appealed_from, appealed, flags, found_by, supported_at, sent_at, due_at, changed_at), delete';
