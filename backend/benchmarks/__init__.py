"""What groove-dashboard costs, measured beside what it cannot cost less than. Never asserted: a clock is no judge."""
