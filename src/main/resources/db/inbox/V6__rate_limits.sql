-- Until when GitHub wants to be asked nothing by an installation (0: by the App itself), for a restart and for other replicas. Times are milliseconds
-- since 1970-01-01T00:00Z.
create table rate_limit (
    installation bigint primary key,
    ends_at      bigint not null
);
