map builtins.baseNameOf [ ./lib ./lib/text.txt ./lib/../lib/folder ]
