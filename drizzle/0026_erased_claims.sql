ALTER TABLE "claim" ADD COLUMN "erased" "bytea";--> statement-breakpoint
comment on table claim is 'the program may: update (account, nonce, label, erased), delete';
