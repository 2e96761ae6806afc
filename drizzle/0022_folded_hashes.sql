-- The root over a power of two of hashes (32 bytes each), as RFC 6962 folds them: a proof is made of a few of these, and whoever
-- asks for it checks it against the signed root.
create function folded(hashes bytea) returns bytea language plpgsql immutable strict as $$
declare halved bytea;
begin
  while octet_length(hashes) > 32 loop
    select string_agg(sha256('\x01'::bytea || substr(hashes, 64 * n + 1, 64)), ''::bytea order by n) into halved
      from generate_series(0, octet_length(hashes) / 64 - 1) n;
    hashes := halved;
  end loop;
  return hashes;
end $$;
