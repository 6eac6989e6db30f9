-- Null: an earlier release has written the row, or it is not known.
alter table message add column stream_start bigint;   -- offset in the stream of the connection, bytes
alter table message add column stream_end   bigint;
alter table message add column stream_reads integer;
-- Parts of waiting and in_bean; what is left of them is in the lane, and in the bean.
alter table message add column spool        bigint;   -- nanoseconds
alter table message add column redelivery   bigint;   -- nanoseconds
alter table message add column commit_time  bigint;   -- nanoseconds
