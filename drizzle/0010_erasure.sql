ALTER TABLE "opened_ballot" ALTER COLUMN "account" DROP NOT NULL;--> statement-breakpoint
UPDATE "opened_ballot" SET "account" = NULL WHERE "account" = 0;--> statement-breakpoint
CREATE INDEX "delivery_account" ON "delivery" USING btree ("account");--> statement-breakpoint
CREATE INDEX "opened_ballot_account" ON "opened_ballot" USING btree ("account");
