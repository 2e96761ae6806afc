CREATE TABLE "fingerprint" (
	"name" text PRIMARY KEY NOT NULL,
	"sha256" text NOT NULL
);
--> statement-breakpoint
create trigger fingerprint_append_only before update or delete on fingerprint for each row execute function append_only();
--> statement-breakpoint
create trigger fingerprint_no_truncate before truncate on fingerprint execute function append_only();
