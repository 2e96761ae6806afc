-- More than max(20, 1 % of its cards) wrong look-ups of a cycle in an hour are an alarm: one limit for those who wait and for whoever is told.
CREATE TABLE "code_alarm" (
	"cycle" integer PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "code_alarm" ADD CONSTRAINT "code_alarm_cycle_cycle_id_fk" FOREIGN KEY ("cycle") REFERENCES "public"."cycle"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
comment on table code_alarm is 'the program may: update (at)';
--> statement-breakpoint
create function attempt_most(p_cycle int) returns bigint language sql stable as $$
  select greatest(20, (select count(*) / 100 from card where cycle = p_cycle))
$$;
--> statement-breakpoint
-- Seconds an account must wait before its next look-up: 5 wrong a day are free, then 2^n minutes. While a cycle sees more than
-- attempt_most in an hour, every account with a wrong one waits from its first.
create or replace function attempt_wait(p_cycle int, p_account bigint) returns int language plpgsql stable as $$
declare wrong int; last_at timestamptz; free int := 5;
begin
  select count(*), max(at) into wrong, last_at from attempt
    where account = p_account and at > clock_timestamp() - interval '1 day';
  if wrong = 0 then return 0; end if;
  if wrong < free and (select count(*) from attempt where cycle = p_cycle and at > clock_timestamp() - interval '1 hour')
      > attempt_most(p_cycle) then
    free := 1;
  end if;
  if wrong < free then return 0; end if;
  return greatest(0, ceil(extract(epoch from
    last_at + make_interval(mins => (2 ^ least(wrong - free + 1, 11))::int) - clock_timestamp())))::int;
end $$;
