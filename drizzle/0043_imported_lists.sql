-- The list of a draft may be replaced by another file; once the cycle is announced, residents may have read it.
create function list_public() returns trigger language plpgsql as $$
begin
  if exists (select 1 from cycle where id = old.cycle and phase <> 'draft') then
    raise exception 'the list of cycle % is public', old.cycle using errcode = 'restrict_violation';
  end if;
  return old;
end $$;
--> statement-breakpoint
create trigger project_public before delete on project for each row execute function list_public();
--> statement-breakpoint
comment on table project is 'the program may: delete';
