CREATE TABLE "result_change" (
	"cycle" integer NOT NULL,
	"n" smallint NOT NULL,
	"project" text NOT NULL,
	"kind" text NOT NULL,
	"cost" bigint,
	"reason" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "result_change_cycle_n_pk" PRIMARY KEY("cycle","n"),
	CONSTRAINT "result_change_kind" CHECK ("result_change"."kind" in ('dropped', 'cheaper', 'outside')),
	CONSTRAINT "result_change_cost" CHECK (("result_change"."kind" = 'cheaper') = ("result_change"."cost" is not null))
);
--> statement-breakpoint
ALTER TABLE "work" ADD COLUMN "came" text DEFAULT 'elected' NOT NULL;--> statement-breakpoint
ALTER TABLE "work" ADD COLUMN "dropped" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "result_change" ADD CONSTRAINT "result_change_cycle_project_project_cycle_id_fk" FOREIGN KEY ("cycle","project") REFERENCES "public"."project"("cycle","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "work" ADD CONSTRAINT "work_came" CHECK ("work"."came" in ('elected', 'reserve', 'outside'));--> statement-breakpoint
comment on table work is 'the program may: update (came, dropped, version, changed_by, changed_at)';
