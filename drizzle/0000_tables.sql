CREATE TABLE "cycle" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "cycle_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"slug" text NOT NULL,
	"title" jsonb NOT NULL,
	"profile" text NOT NULL,
	"trial" boolean NOT NULL,
	"phase" text NOT NULL,
	"method" text NOT NULL,
	"revote" text NOT NULL,
	"ballot_terms" jsonb NOT NULL,
	"rule_terms" jsonb NOT NULL,
	"currency" text NOT NULL,
	"max_people" smallint NOT NULL,
	"box_size" integer,
	"public_key" text,
	"seed_commitment" text,
	"frozen_rules" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cycle_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "cycle_territory" (
	"cycle" integer NOT NULL,
	"territory" integer NOT NULL,
	"budget" bigint NOT NULL,
	"desk_place" jsonb,
	"desk_hours" text,
	"desk_phone" text,
	CONSTRAINT "cycle_territory_cycle_territory_pk" PRIMARY KEY("cycle","territory"),
	CONSTRAINT "budget_positive" CHECK ("cycle_territory"."budget" > 0)
);
--> statement-breakpoint
CREATE TABLE "account" (
	"id" bigint PRIMARY KEY NOT NULL,
	"locale" text,
	"home_cycle" integer,
	"home_territory" integer,
	"reachable" boolean DEFAULT true NOT NULL,
	"source" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "phase_start" (
	"cycle" integer NOT NULL,
	"phase" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	CONSTRAINT "phase_start_cycle_phase_pk" PRIMARY KEY("cycle","phase")
);
--> statement-breakpoint
CREATE TABLE "project" (
	"cycle" integer NOT NULL,
	"id" text NOT NULL,
	"territory" integer NOT NULL,
	"number" integer NOT NULL,
	"title" jsonb NOT NULL,
	"summary" jsonb,
	"category" text NOT NULL,
	"cost" bigint NOT NULL,
	"place" integer,
	"lat" double precision,
	"lon" double precision,
	"photo" text,
	"voice" text,
	"withdrawn" boolean DEFAULT false NOT NULL,
	CONSTRAINT "project_cycle_id_pk" PRIMARY KEY("cycle","id"),
	CONSTRAINT "project_number" UNIQUE("cycle","territory","number"),
	CONSTRAINT "cost_positive" CHECK ("project"."cost" > 0)
);
--> statement-breakpoint
CREATE TABLE "role_grant" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "role_grant_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"account" bigint NOT NULL,
	"role" text NOT NULL,
	"territory" integer,
	"granted_by" text NOT NULL,
	"granted_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "territory" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "territory_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"kato" text,
	"parent" integer,
	"level" smallint NOT NULL,
	"kind" text NOT NULL,
	"name" jsonb NOT NULL,
	"lat" double precision,
	"lon" double precision,
	CONSTRAINT "territory_kato_unique" UNIQUE("kato")
);
--> statement-breakpoint
CREATE TABLE "attempt" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "attempt_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"cycle" integer NOT NULL,
	"account" bigint NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ballot" (
	"cycle" integer NOT NULL,
	"roll_row" integer NOT NULL,
	"s" integer NOT NULL,
	"opened_ballot" uuid NOT NULL,
	"channel" text NOT NULL,
	"box" "bytea" NOT NULL,
	"leaf" bigint NOT NULL,
	"receipt" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "ballot_cycle_roll_row_s_pk" PRIMARY KEY("cycle","roll_row","s"),
	CONSTRAINT "ballot_opened_ballot_unique" UNIQUE("opened_ballot"),
	CONSTRAINT "ballot_leaf_unique" UNIQUE("leaf"),
	CONSTRAINT "ballot_receipt" UNIQUE("cycle","receipt")
);
--> statement-breakpoint
CREATE TABLE "card" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "card_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"cycle" integer NOT NULL,
	"territory" integer NOT NULL,
	"serial" integer NOT NULL,
	"roll_row" integer NOT NULL,
	"code_hash" "bytea" NOT NULL,
	"state" text DEFAULT 'printed' NOT NULL,
	CONSTRAINT "card_serial" UNIQUE("cycle","territory","serial"),
	CONSTRAINT "card_code" UNIQUE("cycle","code_hash"),
	CONSTRAINT "card_state" CHECK ("card"."state" in ('printed', 'handed_over', 'dead', 'returned', 'destroyed'))
);
--> statement-breakpoint
CREATE TABLE "claim" (
	"cycle" integer NOT NULL,
	"roll_row" integer NOT NULL,
	"account" bigint,
	"method" text NOT NULL,
	"serial" integer,
	"label" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "claim_cycle_roll_row_pk" PRIMARY KEY("cycle","roll_row")
);
--> statement-breakpoint
CREATE TABLE "delivery" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "delivery_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account" bigint NOT NULL,
	"kind" text NOT NULL,
	"facts" jsonb NOT NULL,
	"dedupe" text NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"claimed_at" timestamp with time zone,
	"message_id" bigint,
	CONSTRAINT "delivery_dedupe_unique" UNIQUE("dedupe")
);
--> statement-breakpoint
CREATE TABLE "entry" (
	"log" integer NOT NULL,
	"seq" bigint NOT NULL,
	"leaf" bigint NOT NULL,
	CONSTRAINT "entry_log_seq_pk" PRIMARY KEY("log","seq"),
	CONSTRAINT "entry_leaf_unique" UNIQUE("leaf")
);
--> statement-breakpoint
CREATE TABLE "head" (
	"log" integer NOT NULL,
	"size" bigint NOT NULL,
	"root" "bytea" NOT NULL,
	"edge" jsonb NOT NULL,
	"note" text NOT NULL,
	"checkpoint" boolean DEFAULT false NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "head_log_size_pk" PRIMARY KEY("log","size")
);
--> statement-breakpoint
CREATE TABLE "leaf" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "leaf_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"log" integer NOT NULL,
	"kind" text NOT NULL,
	"body" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "leaf_hash" UNIQUE("log","hash")
);
--> statement-breakpoint
CREATE TABLE "lease" (
	"name" text PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "opened_ballot" (
	"id" uuid PRIMARY KEY NOT NULL,
	"cycle" integer NOT NULL,
	"roll_row" integer NOT NULL,
	"account" bigint NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"shown_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "result" (
	"cycle" integer NOT NULL,
	"territory" integer NOT NULL,
	"count" jsonb NOT NULL,
	"ballots" integer NOT NULL,
	"hash" text NOT NULL,
	"state" text DEFAULT 'preliminary' NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "result_cycle_territory_pk" PRIMARY KEY("cycle","territory")
);
--> statement-breakpoint
CREATE TABLE "roll_import" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "roll_import_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"cycle" integer NOT NULL,
	"file_hash" text NOT NULL,
	"rows" jsonb NOT NULL,
	"state" text DEFAULT 'proposed' NOT NULL,
	"imported_by" text NOT NULL,
	"approved_by" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "roll_import_file" UNIQUE("cycle","file_hash")
);
--> statement-breakpoint
CREATE TABLE "roll_row" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "roll_row_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"cycle" integer NOT NULL,
	"territory" integer NOT NULL,
	"register_no" integer NOT NULL,
	"contact_mac" "bytea",
	"way" text DEFAULT 'open' NOT NULL,
	CONSTRAINT "roll_row_register" UNIQUE("cycle","territory","register_no"),
	CONSTRAINT "way_known" CHECK ("roll_row"."way" in ('open', 'desk', 'paper'))
);
--> statement-breakpoint
ALTER TABLE "cycle_territory" ADD CONSTRAINT "cycle_territory_cycle_cycle_id_fk" FOREIGN KEY ("cycle") REFERENCES "public"."cycle"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cycle_territory" ADD CONSTRAINT "cycle_territory_territory_territory_id_fk" FOREIGN KEY ("territory") REFERENCES "public"."territory"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phase_start" ADD CONSTRAINT "phase_start_cycle_cycle_id_fk" FOREIGN KEY ("cycle") REFERENCES "public"."cycle"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project" ADD CONSTRAINT "project_place_territory_id_fk" FOREIGN KEY ("place") REFERENCES "public"."territory"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project" ADD CONSTRAINT "project_cycle_territory_cycle_territory_cycle_territory_fk" FOREIGN KEY ("cycle","territory") REFERENCES "public"."cycle_territory"("cycle","territory") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_territory_territory_id_fk" FOREIGN KEY ("territory") REFERENCES "public"."territory"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ballot" ADD CONSTRAINT "ballot_roll_row_roll_row_id_fk" FOREIGN KEY ("roll_row") REFERENCES "public"."roll_row"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ballot" ADD CONSTRAINT "ballot_opened_ballot_opened_ballot_id_fk" FOREIGN KEY ("opened_ballot") REFERENCES "public"."opened_ballot"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ballot" ADD CONSTRAINT "ballot_leaf_leaf_id_fk" FOREIGN KEY ("leaf") REFERENCES "public"."leaf"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "card" ADD CONSTRAINT "card_roll_row_roll_row_id_fk" FOREIGN KEY ("roll_row") REFERENCES "public"."roll_row"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim" ADD CONSTRAINT "claim_roll_row_roll_row_id_fk" FOREIGN KEY ("roll_row") REFERENCES "public"."roll_row"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entry" ADD CONSTRAINT "entry_leaf_leaf_id_fk" FOREIGN KEY ("leaf") REFERENCES "public"."leaf"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opened_ballot" ADD CONSTRAINT "opened_ballot_roll_row_roll_row_id_fk" FOREIGN KEY ("roll_row") REFERENCES "public"."roll_row"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_row" ADD CONSTRAINT "roll_row_cycle_territory_cycle_territory_cycle_territory_fk" FOREIGN KEY ("cycle","territory") REFERENCES "public"."cycle_territory"("cycle","territory") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "role_grant_account" ON "role_grant" USING btree ("account");--> statement-breakpoint
CREATE INDEX "attempt_account" ON "attempt" USING btree ("account","at");--> statement-breakpoint
CREATE INDEX "attempt_cycle" ON "attempt" USING btree ("cycle","at");--> statement-breakpoint
CREATE INDEX "card_roll_row" ON "card" USING btree ("roll_row");--> statement-breakpoint
CREATE INDEX "claim_account" ON "claim" USING btree ("account");--> statement-breakpoint
CREATE INDEX "delivery_due" ON "delivery" USING btree ("state","due_at");--> statement-breakpoint
CREATE INDEX "opened_ballot_row" ON "opened_ballot" USING btree ("roll_row");--> statement-breakpoint
CREATE INDEX "roll_row_contact" ON "roll_row" USING btree ("cycle","contact_mac");