-- What a project is counted under stays as it was when voting opened: its marks are part of the rules.
drop trigger project_frozen on project;
--> statement-breakpoint
create trigger project_frozen before insert or delete or update of id, territory, pot, number, cost, withdrawn, marks on project
  for each row execute function frozen();
