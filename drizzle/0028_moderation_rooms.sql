CREATE TABLE "idea_card" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "idea_card_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"room" integer NOT NULL,
	"idea" integer,
	"message" integer,
	"media" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"media_sent" integer DEFAULT 0 NOT NULL,
	"shown" text,
	"reasons_at" integer,
	"due_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"claimed_until" timestamp with time zone,
	CONSTRAINT "idea_card_idea" UNIQUE("idea","room"),
	CONSTRAINT "idea_card_message" UNIQUE("room","message"),
	CONSTRAINT "idea_card_sent" CHECK ("idea_card"."media_sent" >= 0)
);
--> statement-breakpoint
CREATE TABLE "idea_topic" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "idea_topic_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"room" integer NOT NULL,
	"territory" integer NOT NULL,
	"thread" integer,
	"claimed_until" timestamp with time zone,
	CONSTRAINT "idea_topic_place" UNIQUE("room","territory")
);
--> statement-breakpoint
CREATE TABLE "moderation_room" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "moderation_room_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"chat" bigint NOT NULL,
	"cycle" integer NOT NULL,
	"territory" integer,
	"locale" text NOT NULL,
	"bound_by" bigint,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "moderation_room_scope" UNIQUE NULLS NOT DISTINCT("cycle","territory")
);
--> statement-breakpoint
CREATE TABLE "room_invite" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"cycle" integer NOT NULL,
	"territory" integer,
	"made_by" bigint NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"chat" bigint
);
--> statement-breakpoint
ALTER TABLE "idea_card" ADD CONSTRAINT "idea_card_room_moderation_room_id_fk" FOREIGN KEY ("room") REFERENCES "public"."moderation_room"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idea_card" ADD CONSTRAINT "idea_card_idea_idea_id_fk" FOREIGN KEY ("idea") REFERENCES "public"."idea"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idea_topic" ADD CONSTRAINT "idea_topic_room_moderation_room_id_fk" FOREIGN KEY ("room") REFERENCES "public"."moderation_room"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idea_topic" ADD CONSTRAINT "idea_topic_territory_territory_id_fk" FOREIGN KEY ("territory") REFERENCES "public"."territory"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "moderation_room" ADD CONSTRAINT "moderation_room_cycle_cycle_id_fk" FOREIGN KEY ("cycle") REFERENCES "public"."cycle"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "moderation_room" ADD CONSTRAINT "moderation_room_territory_territory_id_fk" FOREIGN KEY ("territory") REFERENCES "public"."territory"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_invite" ADD CONSTRAINT "room_invite_cycle_cycle_id_fk" FOREIGN KEY ("cycle") REFERENCES "public"."cycle"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_invite" ADD CONSTRAINT "room_invite_territory_territory_id_fk" FOREIGN KEY ("territory") REFERENCES "public"."territory"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
comment on table moderation_room is 'the program may: update (chat, locale, bound_by, at), delete';
--> statement-breakpoint
comment on table room_invite is 'the program may: update (chat), delete';
--> statement-breakpoint
comment on table idea_topic is 'the program may: update (thread, claimed_until), delete';
--> statement-breakpoint
comment on table idea_card is 'the program may: update (idea, message, media, media_sent, shown, reasons_at, due_at, claimed_until), delete';
