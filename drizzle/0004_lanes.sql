DROP INDEX "delivery_due";--> statement-breakpoint
ALTER TABLE "delivery" ADD COLUMN "lane" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
UPDATE "delivery" SET "lane" = 0 WHERE "kind" = 'receipt';--> statement-breakpoint
ALTER TABLE "delivery" ADD COLUMN "announcement" integer;--> statement-breakpoint
ALTER TABLE "delivery" ADD COLUMN "back_to" text DEFAULT 'pending' NOT NULL;--> statement-breakpoint
CREATE INDEX "delivery_announcement" ON "delivery" USING btree ("announcement","state") WHERE "delivery"."announcement" is not null;--> statement-breakpoint
CREATE INDEX "delivery_due" ON "delivery" USING btree ("state","lane","due_at","id");