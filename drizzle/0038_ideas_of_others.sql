CREATE TABLE "idea_follow" (
	"idea" integer NOT NULL,
	"account" bigint NOT NULL,
	CONSTRAINT "idea_follow_idea_account_pk" PRIMARY KEY("idea","account")
);
--> statement-breakpoint
ALTER TABLE "question" ALTER COLUMN "project" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "need_answer" ADD COLUMN "voice_copy" text;--> statement-breakpoint
ALTER TABLE "need_answer" ADD COLUMN "voice_copyable" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "question" ADD COLUMN "idea" integer;--> statement-breakpoint
ALTER TABLE "idea_follow" ADD CONSTRAINT "idea_follow_idea_idea_id_fk" FOREIGN KEY ("idea") REFERENCES "public"."idea"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idea_follow" ADD CONSTRAINT "idea_follow_account_account_id_fk" FOREIGN KEY ("account") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idea_follow_account" ON "idea_follow" USING btree ("account");--> statement-breakpoint
ALTER TABLE "question" ADD CONSTRAINT "question_idea_idea_id_fk" FOREIGN KEY ("idea") REFERENCES "public"."idea"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "question_idea" ON "question" USING btree ("idea","state");--> statement-breakpoint
ALTER TABLE "need_answer" ADD CONSTRAINT "need_answer_voice_copy" CHECK ("need_answer"."voice_copy" is null or "need_answer"."voice" is not null);--> statement-breakpoint
ALTER TABLE "question" ADD CONSTRAINT "question_about" CHECK (("question"."project" is null) <> ("question"."idea" is null));
--> statement-breakpoint
comment on table idea_follow is 'the program may: delete';
--> statement-breakpoint
comment on table idea_media is 'the program may: update (copy, copyable, file_id), delete';
--> statement-breakpoint
comment on table need_answer is 'the program may: update (territory, marks, line, voice, voice_copy, voice_copyable, changed_at), delete';
--> statement-breakpoint
comment on table need_meeting is 'the program may: update (place, at, reminded_for, hands, present, women), delete';
