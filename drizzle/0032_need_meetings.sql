CREATE TABLE "need_hands" (
	"cycle" integer NOT NULL,
	"territory" integer NOT NULL,
	"account" bigint NOT NULL,
	"hands" smallint[] NOT NULL,
	"present" smallint NOT NULL,
	"women" smallint NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "need_hands_cycle_territory_account_pk" PRIMARY KEY("cycle","territory","account"),
	CONSTRAINT "need_hands_women" CHECK ("need_hands"."women" between 0 and "need_hands"."present"),
	CONSTRAINT "need_hands_present" CHECK ("need_hands"."present" >= all ("need_hands"."hands") and 0 <= all ("need_hands"."hands"))
);
--> statement-breakpoint
CREATE TABLE "need_meeting" (
	"cycle" integer NOT NULL,
	"territory" integer NOT NULL,
	"place" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"reminded_for" timestamp with time zone,
	"hands" smallint[],
	"present" smallint,
	"women" smallint,
	CONSTRAINT "need_meeting_cycle_territory_pk" PRIMARY KEY("cycle","territory"),
	CONSTRAINT "need_meeting_hands" CHECK (("need_meeting"."hands" is null) = ("need_meeting"."present" is null) and ("need_meeting"."hands" is null) = ("need_meeting"."women" is null)),
	CONSTRAINT "need_meeting_women" CHECK ("need_meeting"."women" between 0 and "need_meeting"."present"),
	CONSTRAINT "need_meeting_present" CHECK ("need_meeting"."present" >= all ("need_meeting"."hands") and 0 <= all ("need_meeting"."hands"))
);
--> statement-breakpoint
CREATE TABLE "need_result" (
	"cycle" integer NOT NULL,
	"territory" integer NOT NULL,
	"reply" jsonb NOT NULL,
	"figures" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "need_result_cycle_territory_pk" PRIMARY KEY("cycle","territory")
);
--> statement-breakpoint
ALTER TABLE "need_hands" ADD CONSTRAINT "need_hands_cycle_territory_need_meeting_cycle_territory_fk" FOREIGN KEY ("cycle","territory") REFERENCES "public"."need_meeting"("cycle","territory") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need_meeting" ADD CONSTRAINT "need_meeting_cycle_territory_cycle_territory_cycle_territory_fk" FOREIGN KEY ("cycle","territory") REFERENCES "public"."cycle_territory"("cycle","territory") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need_result" ADD CONSTRAINT "need_result_cycle_territory_cycle_territory_cycle_territory_fk" FOREIGN KEY ("cycle","territory") REFERENCES "public"."cycle_territory"("cycle","territory") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "need_hands_account" ON "need_hands" USING btree ("account");
--> statement-breakpoint

comment on table need_meeting is 'the program may: update (place, at, reminded_for, hands, present, women)';
--> statement-breakpoint
comment on table need_hands is 'the program may: update (hands, present, women, at), delete';
