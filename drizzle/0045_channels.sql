CREATE TABLE "channel_invite" (
	"made_by" bigint PRIMARY KEY NOT NULL,
	"cycle" integer NOT NULL,
	"territory" integer,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "channel_post" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "channel_post_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"chat" bigint NOT NULL,
	"cycle" integer NOT NULL,
	"announcement" integer,
	"locale" text,
	"day" date,
	"checkpoint" jsonb,
	"state" text DEFAULT 'pending' NOT NULL,
	"message" bigint,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "channel_post_announcement" UNIQUE("chat","announcement","locale"),
	CONSTRAINT "channel_post_day" UNIQUE("chat","cycle","day"),
	CONSTRAINT "channel_post_states" CHECK ("channel_post"."state" in ('pending', 'sending', 'sent', 'failed', 'unknown')),
	CONSTRAINT "channel_post_what" CHECK (num_nonnulls("channel_post"."announcement", "channel_post"."locale") = 2 and num_nonnulls("channel_post"."day", "channel_post"."checkpoint") = 0
        or num_nonnulls("channel_post"."announcement", "channel_post"."locale") = 0 and num_nonnulls("channel_post"."day", "channel_post"."checkpoint") = 2)
);
--> statement-breakpoint
CREATE TABLE "news_channel" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "news_channel_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"chat" bigint NOT NULL,
	"title" text NOT NULL,
	"cycle" integer NOT NULL,
	"territory" integer,
	"bound_by" bigint,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "news_channel_scope" UNIQUE NULLS NOT DISTINCT("cycle","territory")
);
--> statement-breakpoint
ALTER TABLE "announcement" ADD COLUMN "channel" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "channel_invite" ADD CONSTRAINT "channel_invite_cycle_cycle_id_fk" FOREIGN KEY ("cycle") REFERENCES "public"."cycle"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_invite" ADD CONSTRAINT "channel_invite_territory_territory_id_fk" FOREIGN KEY ("territory") REFERENCES "public"."territory"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_post" ADD CONSTRAINT "channel_post_cycle_cycle_id_fk" FOREIGN KEY ("cycle") REFERENCES "public"."cycle"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_post" ADD CONSTRAINT "channel_post_announcement_announcement_id_fk" FOREIGN KEY ("announcement") REFERENCES "public"."announcement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "news_channel" ADD CONSTRAINT "news_channel_cycle_cycle_id_fk" FOREIGN KEY ("cycle") REFERENCES "public"."cycle"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "news_channel" ADD CONSTRAINT "news_channel_territory_territory_id_fk" FOREIGN KEY ("territory") REFERENCES "public"."territory"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "channel_post_state" ON "channel_post" USING btree ("state");--> statement-breakpoint
comment on table news_channel is 'the program may: update (bound_by), delete';
--> statement-breakpoint
comment on table channel_invite is 'the program may: update (cycle, territory, until), delete';
--> statement-breakpoint
comment on table channel_post is 'the program may: update (state, message, at), delete';
--> statement-breakpoint
comment on table announcement is 'the program may: update (state, version, texts, media, audience, channel, at, made_by, changed_by, changed_at, recipients, figures, started_at, ended_at, progress_message, progress_text)';
