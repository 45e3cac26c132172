map builtins.typeOf [ builtins.nixVersion builtins.langVersion builtins.storeDir builtins.nixPath ]
