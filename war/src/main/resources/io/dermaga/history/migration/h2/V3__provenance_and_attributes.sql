-- Null: an earlier release has written the row, or it is not known.
-- stream_start, stream_end: offsets in the stream of the connection, bytes; stream_reads: reads that brought it.
-- spool, redelivery, commit_time: nanoseconds of waiting and in_bean; what is left of them is in the lane, and in the bean.
-- told, told_bytes: what its peer was told, and how many bytes that had; acknowledgement: the first of them.
-- attributes: what it is found by, "name=value" between ends of lines.
-- At once: each change copies the table.
alter table message add (
    stream_start bigint,
    stream_end bigint,
    stream_reads integer,
    spool bigint,
    redelivery bigint,
    commit_time bigint,
    told varchar(20),
    told_bytes bigint,
    acknowledgement ${bytes},
    attributes varchar(4000));
