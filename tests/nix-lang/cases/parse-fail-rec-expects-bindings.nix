rec { a = 1; + }
