CREATE TABLE "pot" (
	"cycle" integer NOT NULL,
	"territory" integer NOT NULL,
	"pot" text NOT NULL,
	"budget" bigint NOT NULL,
	CONSTRAINT "pot_cycle_territory_pot_pk" PRIMARY KEY("cycle","territory","pot"),
	CONSTRAINT "pot_budget_positive" CHECK ("pot"."budget" > 0)
);
--> statement-breakpoint
ALTER TABLE "pot" ADD CONSTRAINT "pot_cycle_territory_cycle_territory_cycle_territory_fk" FOREIGN KEY ("cycle","territory") REFERENCES "public"."cycle_territory"("cycle","territory") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
INSERT INTO "pot" ("cycle", "territory", "pot", "budget") SELECT "cycle", "territory", 'general', "budget" FROM "cycle_territory";--> statement-breakpoint
-- Budgets stay as they were when voting opened, and so does what a village votes on.
create trigger pot_frozen before insert or delete or update of territory, pot, budget on pot
  for each row execute function frozen();
--> statement-breakpoint
create trigger pot_no_truncate before truncate on pot execute function append_only();
--> statement-breakpoint
drop trigger budget_frozen on cycle_territory;
--> statement-breakpoint
create trigger territory_frozen before insert or delete or update of territory on cycle_territory
  for each row execute function frozen();
--> statement-breakpoint
ALTER TABLE "cycle_territory" DROP CONSTRAINT "budget_positive";--> statement-breakpoint
ALTER TABLE "cycle_territory" DROP COLUMN "budget";--> statement-breakpoint
ALTER TABLE "project" ADD COLUMN "pot" text DEFAULT 'general' NOT NULL;--> statement-breakpoint
ALTER TABLE "project" DROP CONSTRAINT "project_cycle_territory_cycle_territory_cycle_territory_fk";--> statement-breakpoint
ALTER TABLE "project" ADD CONSTRAINT "project_cycle_territory_pot_pot_cycle_territory_pot_fk" FOREIGN KEY ("cycle","territory","pot") REFERENCES "public"."pot"("cycle","territory","pot") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
drop trigger project_frozen on project;
--> statement-breakpoint
create trigger project_frozen before insert or delete or update of id, territory, pot, number, cost, withdrawn on project
  for each row execute function frozen();
--> statement-breakpoint
ALTER TABLE "result" ADD COLUMN "pot" text DEFAULT 'general' NOT NULL;--> statement-breakpoint
ALTER TABLE "result" DROP CONSTRAINT "result_cycle_territory_pk";--> statement-breakpoint
ALTER TABLE "result" ADD CONSTRAINT "result_cycle_territory_pot_pk" PRIMARY KEY("cycle","territory","pot");--> statement-breakpoint
ALTER TABLE "result" ADD CONSTRAINT "result_state" CHECK ("result"."state" in ('preliminary', 'published'));--> statement-breakpoint
ALTER TABLE "roll_import" ADD CONSTRAINT "import_state" CHECK ("roll_import"."state" in ('proposed', 'approved'));
