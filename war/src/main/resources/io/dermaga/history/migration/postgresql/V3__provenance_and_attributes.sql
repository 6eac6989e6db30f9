-- Null: an earlier release has written the row, or it is not known.
-- stream_start, stream_end: offsets in the stream of the connection, bytes; stream_reads: reads that brought it.
-- spool, redelivery, commit_time: nanoseconds of waiting and in_bean; what is left of them is in the lane, and in the bean.
-- told, told_bytes: what its peer was told, and how many bytes that had; acknowledgement: the first of them.
-- attributes: what it is found by, "name=value" between ends of lines.
alter table message
    add column stream_start bigint,
    add column stream_end bigint,
    add column stream_reads integer,
    add column spool bigint,
    add column redelivery bigint,
    add column commit_time bigint,
    add column told varchar(20),
    add column told_bytes bigint,
    add column acknowledgement ${bytes},
    add column attributes varchar(4000);

create index message_by_attribute on message using gin (lower(attributes) gin_trgm_ops) where attributes is not null;
