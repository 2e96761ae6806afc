CREATE TABLE "announcement" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "announcement_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"cycle" integer NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"texts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"media" jsonb,
	"audience" jsonb NOT NULL,
	"at" timestamp with time zone,
	"made_by" bigint,
	"changed_by" bigint,
	"changed_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"recipients" integer,
	"figures" jsonb,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"progress_message" bigint,
	"progress_text" text,
	CONSTRAINT "announcement_states" CHECK ("announcement"."state" in ('draft', 'proposed', 'approved', 'sending', 'paused', 'done', 'cancelled', 'stopped'))
);
--> statement-breakpoint
CREATE TABLE "announcement_version" (
	"announcement" integer NOT NULL,
	"version" integer NOT NULL,
	"content" jsonb NOT NULL,
	CONSTRAINT "announcement_version_announcement_version_pk" PRIMARY KEY("announcement","version")
);
--> statement-breakpoint
ALTER TABLE "delivery" ADD COLUMN "pressed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "announcement" ADD CONSTRAINT "announcement_cycle_cycle_id_fk" FOREIGN KEY ("cycle") REFERENCES "public"."cycle"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcement_version" ADD CONSTRAINT "announcement_version_announcement_announcement_id_fk" FOREIGN KEY ("announcement") REFERENCES "public"."announcement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "announcement_state" ON "announcement" USING btree ("state");--> statement-breakpoint
CREATE INDEX "announcement_cycle" ON "announcement" USING btree ("cycle");--> statement-breakpoint
comment on table announcement is 'the program may: update (state, version, texts, media, audience, at, made_by, changed_by, changed_at, recipients, figures, started_at, ended_at, progress_message, progress_text)';--> statement-breakpoint
comment on table delivery is 'the program may: update (state, due_at, claimed_at, message_id, back_to, pressed_at), delete';
