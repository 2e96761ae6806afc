CREATE TABLE "watch" (
	"account" bigint NOT NULL,
	"territory" integer NOT NULL,
	"kind" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "watch_account_territory_kind_pk" PRIMARY KEY("account","territory","kind"),
	CONSTRAINT "watch_kind" CHECK ("watch"."kind" in ('ideas', 'voting', 'results'))
);
--> statement-breakpoint
ALTER TABLE "watch" ADD CONSTRAINT "watch_account_account_id_fk" FOREIGN KEY ("account") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch" ADD CONSTRAINT "watch_territory_territory_id_fk" FOREIGN KEY ("territory") REFERENCES "public"."territory"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "watch_told" ON "watch" USING btree ("territory","kind");