-- What a message is found by: "name=value" between ends of lines.
alter table message add column attributes varchar(4000);

create index message_by_attribute on message using gin (lower(attributes) gin_trgm_ops) where attributes is not null;
