# Names are checked before anything runs.
if true then 1 else missing
