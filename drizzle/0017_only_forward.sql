-- A cycle only goes on, and who may vote stays as it was when voting ended.

create function phase_order(phase text) returns int language sql immutable as $$
  select array_position(array['draft', 'announced', 'consultation', 'ideas', 'review', 'support', 'voting', 'counting', 'results',
    'implementation', 'closed'], phase)
$$;
--> statement-breakpoint
create function phase_forward() returns trigger language plpgsql as $$
begin
  if phase_order(new.phase) >= phase_order(old.phase) then return new; end if;
  raise exception 'cycle % does not go from % to %', old.id, old.phase, new.phase using errcode = 'restrict_violation';
end $$;
--> statement-breakpoint
create trigger phase_forward before update of phase on cycle for each row execute function phase_forward();
--> statement-breakpoint

-- After the close no right and no card comes, goes or changes; leftover cards are still accounted for as returned or destroyed.
create function roll_closed() returns trigger language plpgsql as $$
declare c int := case when tg_op = 'INSERT' then new.cycle else old.cycle end;
begin
  if tg_op = 'UPDATE' and new.cycle <> old.cycle then
    raise exception 'a % stays in its cycle', tg_table_name using errcode = 'restrict_violation';
  end if;
  if (select phase_order(phase) >= phase_order('counting') from cycle where id = c) then
    if tg_op = 'UPDATE' and tg_table_name = 'card' and to_jsonb(new) ->> 'state' in ('returned', 'destroyed')
      and to_jsonb(new) - 'state' = to_jsonb(old) - 'state' then
      return new;
    end if;
    raise exception 'the roll of cycle % is closed', c using errcode = 'restrict_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
--> statement-breakpoint
create trigger roll_closed before insert or delete or update on roll_row for each row execute function roll_closed();
--> statement-breakpoint
create trigger card_closed before insert or delete or update on card for each row execute function roll_closed();
--> statement-breakpoint
create trigger roll_row_no_truncate before truncate on roll_row execute function append_only();
--> statement-breakpoint
create trigger card_no_truncate before truncate on card execute function append_only();
