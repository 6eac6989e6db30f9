-- What a message is found by: "name=value" between ends of lines.
alter table message add column attributes varchar(4000);
