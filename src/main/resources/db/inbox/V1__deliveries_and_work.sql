-- Times are milliseconds since 1970-01-01T00:00Z.

create table delivery (
    id               ${identity},
    hook_id          bigint not null,
    guid             text   not null,
    event            text   not null,
    action           text,
    repository       text,
    installation     bigint,
    received_at      bigint not null,
    last_received_at bigint not null,
    attempts         integer not null,
    body             ${bytes} not null,
    unique (hook_id, guid)
);

create index delivery_by_age on delivery (last_received_at);

-- One row for each key that has open work. Ids are never used twice, so (id, lease_number) names one lease for good.
--   wanted   how many arrivals there were; started, how many of them the current or last run has seen
--   due_at   when somebody has to look at it: when it may run, or while it is leased, when the lease ends; null: dead letter
create table work (
    id             ${identity},
    repository_key text    not null,
    repository     text    not null,
    subject        text    not null,
    wanted         bigint  not null,
    started        bigint  not null default 0,
    due_at         bigint,
    waiting_since  bigint  not null,
    lease_owner    text,
    lease_number   bigint  not null default 0,
    attempts       integer not null default 0,
    last_error     text,
    dead_at        bigint,
    unique (repository_key, subject)
);

create index work_by_due on work (due_at) where due_at is not null;

-- Why work is wanted; number counts the arrivals of its key. Gone with the run that has seen them and was done.
create table work_trigger (
    work_id      bigint not null references work (id) on delete cascade,
    number       bigint not null,
    cause        text   not null,
    guid         text,
    pull_request integer,
    push_before  text,
    push_after   text,
    primary key (work_id, number)
);

create index work_trigger_by_guid on work_trigger (guid) where guid is not null;

-- Written to learn whether the database can be written to.
create table probe (
    id        integer primary key,
    probed_at bigint not null
);
