[ (if true then 1 else throw "no") (if 1 == 2 then throw "no" else 2) (if true then if false then 1 else 2 else 3) ]
