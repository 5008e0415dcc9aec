-- Which arrival was the last that somebody forced; greater than started: while the work ran, so that it is due again as soon as that run ends, however it does.
alter table work add column forced bigint not null default 0;
