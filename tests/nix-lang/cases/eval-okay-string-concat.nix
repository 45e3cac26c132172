[ ("a" + "b") ("a" + "" + "c") ("x" + toString 1) ]
