-- Room in each page for what becomes of a row: written beside it, it needs no new line in any index.
ALTER TABLE "delivery" SET (fillfactor = 50);--> statement-breakpoint
DROP INDEX "delivery_due";--> statement-breakpoint
DROP INDEX "delivery_announcement";--> statement-breakpoint
ALTER TABLE "delivery" ADD COLUMN "waiting" boolean GENERATED ALWAYS AS (state = 'pending') STORED;--> statement-breakpoint
CREATE INDEX "delivery_due" ON "delivery" USING btree ("lane","due_at","id") WHERE "delivery"."waiting";--> statement-breakpoint
CREATE INDEX "delivery_announcement" ON "delivery" USING btree ("announcement") WHERE "delivery"."announcement" is not null;--> statement-breakpoint
-- Walks the index in its order, whatever was counted of the table last: it was counted before the announcement came, and by that count
-- one would read and sort all that wait to claim a few. It says that it finds one row, lest whoever asks reads the whole table to find them again.
create function due_deliveries(of_lane int, kinds text[], most int) returns table (id bigint, account bigint)
language sql volatile rows 1 set enable_bitmapscan = off set enable_seqscan = off set enable_sort = off as $$
  select w.id, w.account from delivery w
  where w.waiting and w.lane = of_lane and w.due_at <= now() and w.kind = any(kinds)
  order by w.due_at, w.id limit most for update skip locked
$$;
