ALTER TABLE "pot" ADD COLUMN "name" jsonb;--> statement-breakpoint
ALTER TABLE "pot" ADD COLUMN "ballot" jsonb;--> statement-breakpoint
ALTER TABLE "project" ADD COLUMN "marks" jsonb;--> statement-breakpoint
-- What a pot is called and how its section is marked stay as they were when voting opened.
drop trigger pot_frozen on pot;
--> statement-breakpoint
create trigger pot_frozen before insert or delete or update of territory, pot, budget, name, ballot on pot
  for each row execute function frozen();
