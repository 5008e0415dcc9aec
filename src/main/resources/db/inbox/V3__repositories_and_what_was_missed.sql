-- The repositories that the App is installed on, by GitHub's numeric id, which stays when they are renamed or transferred.
--   state      active; suspended, archived: kept and not worked on
--   tip        where the default branch stood when a push of it was last seen or noticed; null: never looked at
--   sweep_due  when it is to be reconciled as a whole again
create table repository (
    id           bigint primary key,
    name_key     text   not null unique,
    name         text   not null,
    installation bigint not null,
    state        text   not null,
    tip          text,
    swept_at     bigint,
    sweep_due    bigint not null
);

create index repository_by_sweep on repository (sweep_due) where state = 'active';
create index repository_by_installation on repository (installation);

-- What a sweep last saw of each pull request that it lists, so that the next one knows which have changed.
create table pull_seen (
    repository  bigint  not null references repository (id) on delete cascade,
    number      integer not null,
    fingerprint text    not null,
    primary key (repository, number)
);

-- How far GitHub's log of deliveries was read: everything up to log_at is here.
--   outage_from, outage_until  the last time that the log had a gap
create table recovery (
    id           integer primary key,
    log_at       bigint not null,
    read_at      bigint not null,
    outage_from  bigint,
    outage_until bigint
);

-- Whose turn it is to do what only one replica does at a time.
create table turn (
    name       text primary key,
    holder     text   not null,
    held_until bigint not null
);

create index delivery_by_guid on delivery (guid);
