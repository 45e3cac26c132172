with builtins;
[ (ceil 1.2) (floor 1.8) (ceil (-1.2)) (floor (-1.2)) (ceil 3) (floor 3) (ceil 0.0) ]
