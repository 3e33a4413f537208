-- Takes away what install.sql has made: the triggers go with the function that they call.
drop function if exists tell_foreign_change() cascade;
