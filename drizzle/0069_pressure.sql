CREATE TABLE "pressure_report" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "pressure_report_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"cycle" integer NOT NULL,
	"territory" integer NOT NULL,
	"text" text,
	"voice" text,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"mark" "bytea",
	"day" date NOT NULL,
	"slot" smallint NOT NULL,
	CONSTRAINT "pressure_report_slot" UNIQUE("mark","day","slot"),
	CONSTRAINT "pressure_report_slot_of" CHECK ("pressure_report"."slot" between 1 and 3),
	CONSTRAINT "pressure_report_what" CHECK (("pressure_report"."text" is null) <> ("pressure_report"."voice" is null)),
	CONSTRAINT "pressure_report_long" CHECK (char_length("pressure_report"."text") between 1 and 1000)
);
--> statement-breakpoint
ALTER TABLE "pressure_report" ADD CONSTRAINT "pressure_report_cycle_territory_cycle_territory_cycle_territory_fk" FOREIGN KEY ("cycle","territory") REFERENCES "public"."cycle_territory"("cycle","territory") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "pressure_report_cycle" ON "pressure_report" USING btree ("cycle");
--> statement-breakpoint
comment on table pressure_report is 'the program may: update (mark), delete';
--> statement-breakpoint
-- The days for disputes about a vote are over, by the database's clock: since its last publication, or since it was void.
create function disputes_over(c int) returns boolean language sql stable as $$
  select exists (select 1 from cycle y where y.id = c and phase_order(y.phase) >= phase_order('results')
      and (select max(p.at) from leaf p where p.log = c and p.kind = 'published')
        + make_interval(days => coalesce((y.trust_terms ->> 'dispute')::int, 30)) <= clock_timestamp())
    or exists (select 1 from cycle y join halt h on h.cycle = y.id where y.id = c and h.kind = 'void'
      and h.at + make_interval(days => coalesce((y.trust_terms ->> 'dispute')::int, 30)) <= clock_timestamp())
$$;
