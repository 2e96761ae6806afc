ALTER TABLE "paper_box" ALTER COLUMN "box" DROP NOT NULL;--> statement-breakpoint
-- As before, and the sealed papers of a box go when the vote is forgotten; its sums and its note stay.
create or replace function paper_box_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.box is null and to_jsonb(new) - 'box' = to_jsonb(old) - 'box' and may_forget(old.cycle) then
    return new;
  end if;
  if tg_op = 'DELETE' or old.note is not null or to_jsonb(new) - 'note' <> to_jsonb(old) - 'note' then
    raise exception 'a paper box is kept as two people entered it' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
--> statement-breakpoint
-- As before, and who helped with which ballot, and the sealed papers.
create or replace function forget_cycle(c int) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not may_forget(c) then
    raise exception 'cycle % is not to be forgotten yet', c using errcode = 'restrict_violation';
  end if;
  update ballot set box = null where cycle = c and box is not null;
  update paper_box set box = null where cycle = c and box is not null;
  update card set code_hash = null where cycle = c and code_hash is not null;
  delete from claim where cycle = c;
  update assist set account = null where cycle = c and account is not null;
  update opened_ballot set account = null where cycle = c and account is not null;
end $$;
