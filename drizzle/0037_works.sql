CREATE TABLE "milestone" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "milestone_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"cycle" integer NOT NULL,
	"project" text NOT NULL,
	"number" smallint NOT NULL,
	"name" jsonb NOT NULL,
	"planned" date NOT NULL,
	"actual" date,
	"percent" smallint DEFAULT 0 NOT NULL,
	"cost" bigint,
	CONSTRAINT "milestone_number" UNIQUE("cycle","project","number"),
	CONSTRAINT "milestone_percent" CHECK ("milestone"."percent" between 0 and 100),
	CONSTRAINT "milestone_reached" CHECK ("milestone"."actual" is null or "milestone"."percent" = 100),
	CONSTRAINT "milestone_cost" CHECK ("milestone"."cost" > 0),
	CONSTRAINT "milestone_count" CHECK ("milestone"."number" between 1 and 20)
);
--> statement-breakpoint
CREATE TABLE "work" (
	"cycle" integer NOT NULL,
	"project" text NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"changed_by" bigint,
	"changed_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "work_cycle_project_pk" PRIMARY KEY("cycle","project")
);
--> statement-breakpoint
CREATE TABLE "work_answer" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "work_answer_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"cycle" integer NOT NULL,
	"project" text NOT NULL,
	"round" smallint NOT NULL,
	"roll_row" integer NOT NULL,
	"accepted" boolean NOT NULL,
	"shown" boolean DEFAULT false NOT NULL,
	"words" text,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "work_answer_person" UNIQUE("cycle","project","round","roll_row")
);
--> statement-breakpoint
CREATE TABLE "work_photo" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "work_photo_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"milestone" integer,
	"answer" integer,
	"file_id" text,
	"unique_id" text NOT NULL,
	"copy" text,
	"copyable" boolean DEFAULT true NOT NULL,
	CONSTRAINT "work_photo_milestone" UNIQUE("milestone","unique_id"),
	CONSTRAINT "work_photo_answer" UNIQUE("answer"),
	CONSTRAINT "work_photo_of" CHECK (("work_photo"."milestone" is null) <> ("work_photo"."answer" is null)),
	CONSTRAINT "work_photo_somewhere" CHECK ("work_photo"."file_id" is not null or "work_photo"."copy" is not null)
);
--> statement-breakpoint
CREATE TABLE "work_round" (
	"cycle" integer NOT NULL,
	"project" text NOT NULL,
	"round" smallint NOT NULL,
	"reply" jsonb,
	"built_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "work_round_cycle_project_round_pk" PRIMARY KEY("cycle","project","round"),
	CONSTRAINT "work_round_reply" CHECK (("work_round"."round" = 1) = ("work_round"."reply" is null))
);
--> statement-breakpoint
ALTER TABLE "cycle" ADD COLUMN "work_terms" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "milestone" ADD CONSTRAINT "milestone_cycle_project_work_cycle_project_fk" FOREIGN KEY ("cycle","project") REFERENCES "public"."work"("cycle","project") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "work" ADD CONSTRAINT "work_cycle_project_project_cycle_id_fk" FOREIGN KEY ("cycle","project") REFERENCES "public"."project"("cycle","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "work_answer" ADD CONSTRAINT "work_answer_roll_row_roll_row_id_fk" FOREIGN KEY ("roll_row") REFERENCES "public"."roll_row"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "work_answer" ADD CONSTRAINT "work_answer_round" FOREIGN KEY ("cycle","project","round") REFERENCES "public"."work_round"("cycle","project","round") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "work_photo" ADD CONSTRAINT "work_photo_milestone_milestone_id_fk" FOREIGN KEY ("milestone") REFERENCES "public"."milestone"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "work_photo" ADD CONSTRAINT "work_photo_answer_work_answer_id_fk" FOREIGN KEY ("answer") REFERENCES "public"."work_answer"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "work_round" ADD CONSTRAINT "work_round_cycle_project_work_cycle_project_fk" FOREIGN KEY ("cycle","project") REFERENCES "public"."work"("cycle","project") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
comment on table work is 'the program may: update (version, changed_by, changed_at)';
--> statement-breakpoint
comment on table milestone is 'the program may: update (name, planned, actual, percent, cost)';
--> statement-breakpoint
comment on table work_answer is 'the program may: update (accepted, shown, words, at)';
--> statement-breakpoint
comment on table work_photo is 'the program may: update (copy, copyable), delete';
--> statement-breakpoint
-- What was elected before this release is built too.
insert into work (cycle, project)
select r.cycle, w.id from result r cross join lateral jsonb_array_elements_text(r.count -> 'winners') w(id) where r.state = 'published';
