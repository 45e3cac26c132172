# Lists of different length differ before an element is looked at.
[ ([ (throw "a") ] == [ ]) ({ a = throw "b"; } == { }) ({ a = 1; b = throw "c"; } == { a = 2; b = throw "c"; }) ]
