CREATE TABLE "follow" (
	"account" bigint NOT NULL,
	"cycle" integer NOT NULL,
	"project" text NOT NULL,
	CONSTRAINT "follow_account_cycle_project_pk" PRIMARY KEY("account","cycle","project")
);
--> statement-breakpoint
CREATE TABLE "question" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "question_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"cycle" integer NOT NULL,
	"project" text NOT NULL,
	"account" bigint,
	"slot" smallint NOT NULL,
	"locale" text NOT NULL,
	"text" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"answers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"reason" text,
	"answered_by" bigint,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"answered_at" timestamp with time zone,
	CONSTRAINT "question_state" CHECK ("question"."state" in ('open', 'answered', 'declined')),
	CONSTRAINT "question_slot" CHECK ("question"."slot" between 1 and 3),
	CONSTRAINT "question_answered" CHECK (("question"."state" = 'answered') = ("question"."answers" <> '{}'::jsonb)),
	CONSTRAINT "question_declined" CHECK (("question"."state" = 'declined') = ("question"."reason" is not null))
);
--> statement-breakpoint
ALTER TABLE "follow" ADD CONSTRAINT "follow_account_account_id_fk" FOREIGN KEY ("account") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow" ADD CONSTRAINT "follow_cycle_project_project_cycle_id_fk" FOREIGN KEY ("cycle","project") REFERENCES "public"."project"("cycle","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question" ADD CONSTRAINT "question_account_account_id_fk" FOREIGN KEY ("account") REFERENCES "public"."account"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question" ADD CONSTRAINT "question_cycle_project_project_cycle_id_fk" FOREIGN KEY ("cycle","project") REFERENCES "public"."project"("cycle","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "follow_project" ON "follow" USING btree ("cycle","project");--> statement-breakpoint
CREATE UNIQUE INDEX "question_open" ON "question" USING btree ("account","slot") WHERE "question"."state" = 'open';--> statement-breakpoint
CREATE INDEX "question_project" ON "question" USING btree ("cycle","project","state");--> statement-breakpoint
comment on table question is 'the program may: update (account, state, version, answers, reason, answered_by, answered_at), delete';
--> statement-breakpoint
comment on table follow is 'the program may: delete';
