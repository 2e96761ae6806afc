-- A count may be replaced by another one until it is published; then it stays as it is.

create trigger result_published before update or delete on result for each row
  when (old.state = 'published') execute function append_only();
--> statement-breakpoint
create trigger result_no_truncate before truncate on result execute function append_only();
