CREATE TABLE "review_reason" (
	"cycle" integer NOT NULL,
	"territory" integer NOT NULL,
	"turn" smallint NOT NULL,
	"hash" text NOT NULL,
	"text" text NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"done" boolean DEFAULT false NOT NULL,
	CONSTRAINT "review_reason_cycle_territory_turn_hash_pk" PRIMARY KEY("cycle","territory","turn","hash"),
	CONSTRAINT "review_reason_long" CHECK (char_length("review_reason"."text") between 1 and 500)
);
--> statement-breakpoint
ALTER TABLE "review_reason" ADD CONSTRAINT "review_reason_cycle_territory_cycle_territory_cycle_territory_fk" FOREIGN KEY ("cycle","territory") REFERENCES "public"."cycle_territory"("cycle","territory") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "review_reason_done" ON "review_reason" USING btree ("cycle","territory","turn") WHERE "review_reason"."done";
--> statement-breakpoint
comment on table review_reason is 'the program may: update (done), delete';
