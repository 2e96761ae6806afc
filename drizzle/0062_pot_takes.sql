ALTER TABLE "pot" ADD COLUMN "takes" text[];--> statement-breakpoint
ALTER TABLE "idea" ADD COLUMN "pot" text;--> statement-breakpoint
ALTER TABLE "idea" ADD COLUMN "marks" jsonb;--> statement-breakpoint
ALTER TABLE "pot" ADD CONSTRAINT "pot_takes_some" CHECK (cardinality("pot"."takes") > 0);--> statement-breakpoint
comment on table idea is 'the program may: update (author, author_name, author_name_shown, locale, territory, state, version, category, pot, marks, title, body, body_message, landmark, lat, lon, rough_cost, step, titles, texts, cost, on_list, reason, note, merged_into, project, number, claimed_by, claimed_until, decided_by, appealed_from, appealed, flags, found_by, supported_at, sent_at, due_at, changed_at), delete';--> statement-breakpoint
comment on table project is 'the program may: update (pot, marks), delete';
--> statement-breakpoint
-- What a project is counted under follows from its category where it has no marks of its own: both stay as they were.
drop trigger project_frozen on project;
--> statement-breakpoint
create trigger project_frozen before insert or delete or update of id, territory, pot, number, cost, category, withdrawn, marks on project
  for each row execute function frozen();
