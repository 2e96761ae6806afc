ALTER TABLE "idea" ADD COLUMN "author_name" text;--> statement-breakpoint
ALTER TABLE "idea" ADD COLUMN "author_name_shown" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "idea" ADD CONSTRAINT "idea_author_name" CHECK (not "idea"."author_name_shown" or "idea"."author_name" is not null);--> statement-breakpoint
comment on table idea is 'the program may: update (author, author_name, author_name_shown, locale, territory, state, version, category, title, body, body_message, landmark, lat, lon, rough_cost, step, titles, texts, cost, on_list, reason, note, merged_into, project, number, claimed_by, claimed_until, decided_by, appealed_from, appealed, flags, found_by, supported_at, sent_at, due_at, changed_at), delete';
