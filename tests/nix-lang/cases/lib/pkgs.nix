{ python3.version = "3.13"; }
