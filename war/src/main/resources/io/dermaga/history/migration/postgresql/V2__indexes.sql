create index message_of_outcome on message (outcome, ended_at desc, row_id desc) where outcome <> 'DELIVERED';

-- Parts of texts are found by their trigrams. The owner of a database may create the extension.
create extension if not exists pg_trgm;

create index message_by_peer on message using gin (lower(peer) gin_trgm_ops);
create index message_by_error on message using gin (lower(error) gin_trgm_ops) where error is not null;
-- Trigrams of contents cost more than all the rest: 16 MiB of them are merged at a time.
create index message_by_text on message using gin (lower(text) gin_trgm_ops) with (gin_pending_list_limit = 16384) where text is not null;
