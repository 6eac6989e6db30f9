create index message_of_outcome on message (outcome, ended_at desc, row_id desc);
