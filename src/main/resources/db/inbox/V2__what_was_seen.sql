-- The commit of the default branch that was known to whoever wants the work; null: nothing is known of it.
alter table work_trigger add column seen text;
