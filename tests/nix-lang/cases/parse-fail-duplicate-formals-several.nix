{ snake ? 1, adder ? 2, boa ? 3, boa ? 4, snake ? 5, adder ? 6 }: boa
