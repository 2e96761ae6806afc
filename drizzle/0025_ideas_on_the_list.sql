CREATE TABLE "idea_apart" (
	"first" integer NOT NULL,
	"second" integer NOT NULL,
	CONSTRAINT "idea_apart_first_second_pk" PRIMARY KEY("first","second"),
	CONSTRAINT "idea_apart_order" CHECK ("idea_apart"."first" < "idea_apart"."second")
);
--> statement-breakpoint
ALTER TABLE "idea" ADD COLUMN "project" text;--> statement-breakpoint
ALTER TABLE "idea_apart" ADD CONSTRAINT "idea_apart_first_idea_id_fk" FOREIGN KEY ("first") REFERENCES "public"."idea"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idea_apart" ADD CONSTRAINT "idea_apart_second_idea_id_fk" FOREIGN KEY ("second") REFERENCES "public"."idea"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idea_apart_second" ON "idea_apart" USING btree ("second");--> statement-breakpoint

comment on table idea is 'the program may: update (author, locale, territory, state, version, category, title, body, landmark, lat, lon, rough_cost, step, titles, texts, cost, on_list, reason, note, merged_into, project, number, claimed_by, claimed_until, decided_by, appealed_from, appealed, flags, sent_at, due_at, changed_at), delete';
