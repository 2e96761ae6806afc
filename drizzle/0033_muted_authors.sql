CREATE TABLE "idea_mute" (
	"cycle" integer NOT NULL,
	"account" bigint NOT NULL,
	"until" timestamp with time zone NOT NULL,
	CONSTRAINT "idea_mute_cycle_account_pk" PRIMARY KEY("cycle","account")
);
--> statement-breakpoint
ALTER TABLE "idea_mute" ADD CONSTRAINT "idea_mute_account_account_id_fk" FOREIGN KEY ("account") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idea_mute_account" ON "idea_mute" USING btree ("account");--> statement-breakpoint
comment on table idea_mute is 'the program may: update (until), delete';
