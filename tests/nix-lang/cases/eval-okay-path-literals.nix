[ /a/b /a/../b/./c ~/x ]
== [ /a/b /b/c (/. + builtins.getEnv "HOME" + "/x") ]
