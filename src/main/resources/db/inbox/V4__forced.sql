-- Times are milliseconds since 1970-01-01T00:00Z.

-- Who forced work, and how; written with the work. Names from outside are as they were given.
create table forced (
    id             ${identity},
    at             bigint not null,
    person         text   not null,
    how            text   not null,
    repository_key text   not null,
    repository     text   not null,
    subject        text   not null,
    guid           text
);

create index forced_by_age on forced (at);
create index forced_by_guid on forced (guid) where guid is not null;

-- How the work ended that a delivery has caused; the latest end of each key.
create table work_end (
    guid           text    not null,
    repository_key text    not null,
    repository     text    not null,
    subject        text    not null,
    ended_at       bigint  not null,
    attempts       integer not null,
    last_error     text,
    primary key (guid, repository_key, subject)
);

create index work_end_by_age on work_end (ended_at);

-- The open work of each repository, the longest due first: repositories take turns.
create index work_by_turn on work (repository_key ${collation}, due_at, id) where due_at is not null;
