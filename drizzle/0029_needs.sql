CREATE TABLE "need_answer" (
	"cycle" integer NOT NULL,
	"account" bigint NOT NULL,
	"territory" integer NOT NULL,
	"marks" smallint[] DEFAULT '{}' NOT NULL,
	"line" text,
	"voice" text,
	"changed_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "need_answer_cycle_account_pk" PRIMARY KEY("cycle","account"),
	CONSTRAINT "need_answer_marks" CHECK (cardinality("need_answer"."marks") <= 3 and 1 <= all ("need_answer"."marks")),
	CONSTRAINT "need_answer_line" CHECK (char_length("need_answer"."line") <= 300)
);
--> statement-breakpoint
ALTER TABLE "cycle" ADD COLUMN "needs" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "need_answer" ADD CONSTRAINT "need_answer_cycle_cycle_id_fk" FOREIGN KEY ("cycle") REFERENCES "public"."cycle"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need_answer" ADD CONSTRAINT "need_answer_account_account_id_fk" FOREIGN KEY ("account") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need_answer" ADD CONSTRAINT "need_answer_cycle_territory_cycle_territory_cycle_territory_fk" FOREIGN KEY ("cycle","territory") REFERENCES "public"."cycle_territory"("cycle","territory") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "need_answer_place" ON "need_answer" USING btree ("cycle","territory");--> statement-breakpoint
CREATE INDEX "need_answer_account" ON "need_answer" USING btree ("account");
--> statement-breakpoint

comment on table need_answer is 'the program may: update (territory, marks, line, voice, changed_at), delete';
